//! Declares the shell's commands to Tauri, so that the one capability can name them.

fn main() {
    // `generate_context!` wants the folder; an empty one is enough for a debug build.
    std::fs::create_dir_all("ui/dist").expect("the project folder can be written");
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("./src-tauri/capabilities/**/*")
            .app_manifest(tauri_build::AppManifest::new().commands(&["call"])),
    )
    .expect("tauri.conf.json and the capabilities are valid");
}
