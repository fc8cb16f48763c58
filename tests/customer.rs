//! The customer's administrator, in a browser of their own.

use grantway_practice::ControlAddress;
use grantway_practice::robot::{Consent, Observer, Person, Phone, Robot, Verdict};

/// Watches nothing: this browser is no window of the app. Nobody listens on their machine where a consent leads back to.
struct Passer;

impl Observer for Passer {
    fn navigating(&mut self, url: &str) -> Verdict {
        if url.starts_with("http://localhost/cb/") {
            Verdict::Stop
        } else {
            Verdict::Go
        }
    }
    fn committed(&mut self, _url: &str, _title: &str, _is_form_post: bool) {}
}

/// Opens the link as the customer of the practice world, and does what the pages ask. The pages that were shown.
pub async fn approves(control: ControlAddress, link: &str) -> Vec<String> {
    let people = [Person {
        upn: "marta@alder-dental.example".into(),
        password: "practice-Marta-1".into(),
        new_password: None,
        consent: Consent::Accept,
        phone: Phone::Approve,
    }];
    let mut robot = Robot::new(control).expect("an HTTP client");
    let walk = robot.walk(link, &people, &mut Passer).await;
    walk.expect("the pages can be passed").pages
}
