//! View models as text for people.

use std::io::Write;

use grantway_app::contract::{
    CheckPage, DonePage, HomeView, NeedCard, NeedKind, Page, RemedyView, ReviewPage, SetupView,
    UiProblem,
};

/// A line on standard output. A reader that has gone away is no fault of the command.
pub(crate) fn out(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Rows in columns as wide as their widest cell; the last column runs free.
fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = String::from("  ");
        for (index, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if index + 1 < row.len() {
                let gap = widths[index].saturating_sub(cell.chars().count()) + 2;
                line.extend(std::iter::repeat_n(' ', gap));
            }
        }
        out(line.trim_end());
    }
}

/// What happened, why, what to do, and the id.
pub(crate) fn problem(problem: &UiProblem) {
    eprintln!("{} [{}]", problem.what, problem.id);
    if let Some(why) = &problem.why {
        eprintln!("  Why: {why}");
    }
    if !problem.todo.is_empty() {
        eprintln!("  What to do: {}", problem.todo);
    }
}

pub(crate) fn checks(page: &CheckPage) {
    out(page.summary.as_deref().unwrap_or("Checks"));
    let rows: Vec<Vec<String>> = page
        .groups
        .iter()
        .flat_map(|group| &group.rows)
        .map(|row| {
            let accepted = if row.accepted { " (accepted)" } else { "" };
            vec![
                format!("{}{accepted}", row.sign_word),
                row.place.name.clone(),
                row.title.clone(),
                row.found.clone(),
            ]
        })
        .collect();
    table(&rows);
    if let Some(matrix) = &page.matrix {
        out(&matrix.title);
        for row in &matrix.rows {
            out(&format!("  {}", crate::progress::customer(row)));
        }
    }
    let open = page.groups.iter().flat_map(|group| &group.rows);
    for row in open.filter(|row| !row.accepted) {
        let fails = row.sign == grantway_app::contract::Sign::Fail;
        let told = |remedy: &&RemedyView| fails || remedy.page.is_some();
        for remedy in row.remedies.iter().filter(told) {
            out(&format!(
                "  {}: {}. {}",
                row.title, remedy.title, remedy.detail
            ));
            if let Some(page) = &remedy.page {
                out(&format!("    {} {}", page.who, page.link));
            }
        }
    }
    out("");
}

pub(crate) fn plan(page: &ReviewPage) {
    out(&format!(
        "{}, {} ({})",
        page.number, page.made, page.fingerprint_short
    ));
    out(&page.sentence);
    for line in &page.stale {
        out(&format!("  Changed since the plan before: {line}"));
    }
    for group in &page.groups {
        let place = group.place.as_ref();
        let place = place.map_or(String::new(), |place| format!("{}: ", place.name));
        out(&format!("{place}{}", group.title));
        let rows: Vec<Vec<String>> = group
            .rows
            .iter()
            .map(|row| {
                let change = match (row.before.is_empty(), row.after.is_empty()) {
                    (_, true) => row.means.clone(),
                    (true, false) => row.after.clone(),
                    (false, false) => format!("{} -> {}", row.before, row.after),
                };
                vec![row.action.clone(), row.title.clone(), change]
            })
            .collect();
        table(&rows);
    }
    if let Some(approval) = &page.approval {
        out(approval.blocked.as_deref().unwrap_or(&approval.label));
    }
    out("");
}

pub(crate) fn setup(view: &SetupView) {
    let giver = view.giver.as_ref().map_or("", |giver| giver.name.as_str());
    out(&format!("Setup {}: {} {giver}", view.id, view.profile));
    match &view.page {
        // Printed as a plan or as checks.
        Page::Review(_) | Page::Check(_) => {}
        Page::Answer(page) => out(&page.sentence),
        Page::SignIn(page) => out(page.blocked.as_ref().unwrap_or(&page.sentence)),
        Page::Apply(page) => {
            out(&format!("{} {}", page.progress_text, page.sentence));
            for wait in &page.waits {
                out(&format!(
                    "  {}: {} {}",
                    wait.title, wait.progress_text, wait.next
                ));
            }
            cards(&page.cards);
        }
        Page::Done(page) => done(page),
    }
}

fn cards(cards: &[NeedCard]) {
    for card in cards {
        out(&format!("  {}: {}", card.title, card.sentence));
        if let Some(trouble) = &card.problem {
            problem(trouble);
        }
        if card.kind == NeedKind::HandOff
            && let Some(link) = card.values.first().and_then(|value| value.text.as_ref())
        {
            out(&format!("    {link}"));
        }
    }
}

fn done(page: &DonePage) {
    out(&format!("{}. {}", page.title, page.sentence));
    if !page.taking_back {
        let rows: Vec<Vec<String>> = page
            .proofs
            .iter()
            .map(|row| {
                vec![
                    row.sign_word.clone(),
                    row.place.name.clone(),
                    row.claim.clone(),
                    row.found.clone(),
                ]
            })
            .collect();
        table(&rows);
    }
    let rows: Vec<Vec<String>> = page
        .undone
        .iter()
        .map(|row| vec![row.fate.clone(), row.place.name.clone(), row.title.clone()])
        .collect();
    table(&rows);
    for left in &page.left {
        out(&format!(
            "  Stays in {}: {}. {} {}",
            left.place.name, left.what, left.because, left.by_hand
        ));
    }
    cards(&page.cards);
}

pub(crate) fn home(home: &HomeView) {
    if home.groups.is_empty() && home.finished.is_empty() {
        out("No setups here yet.");
        return;
    }
    let finished = ("Finished".to_owned(), &home.finished);
    let groups = home
        .groups
        .iter()
        .map(|group| (group.title.clone(), &group.rows));
    for (title, lines) in groups
        .chain([finished])
        .filter(|(_, lines)| !lines.is_empty())
    {
        out(&title);
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                vec![
                    line.id.clone(),
                    line.sign_word.clone(),
                    line.title.clone(),
                    line.profile.clone(),
                    line.sentence.clone(),
                ]
            })
            .collect();
        table(&rows);
    }
}

/// What take back would do.
pub(crate) fn take_back(view: &grantway_app::contract::TakeBackView) {
    out(&view.sentence);
    let rows: Vec<Vec<String>> = view
        .rows
        .iter()
        .map(|row| vec![row.fate.clone(), row.place.name.clone(), row.title.clone()])
        .collect();
    table(&rows);
}
