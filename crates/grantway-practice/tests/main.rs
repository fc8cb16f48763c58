//! The practice cloud over HTTP, as a client meets it. One program: each more would link and keep the whole cloud once more.

mod apps;
mod bench;
mod conditional_access;
mod crowds;
mod customer_access;
mod graph;
mod graph_manners;
mod partner_center;
#[cfg(feature = "robot")]
mod portal;
mod program;
mod roles_and_audit;
mod schema;
mod start;

#[test]
fn no_file_is_left_out() {
    let here = include_str!("main.rs");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    for file in std::fs::read_dir(folder).expect("the tests' folder") {
        let path = file.expect("a file").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let line = format!("\nmod {name};\n");
        assert!(name == "main" || here.contains(&line), "{name}");
    }
}
