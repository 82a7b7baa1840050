//! Programs of others that some tests need: offices, real terminals.

/// Whether they have to be here, so that a test fails for want of one instead of passing over.
pub fn asked() -> bool {
    std::env::var_os("JIREI_PROGRAMS").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Whether all of them are here. Where one is not, the test is passed over and says so.
#[allow(clippy::print_stderr, reason = "who runs the tests has to know what was not tried")]
pub fn there(names: &[&str]) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let here = |name: &str| std::env::split_paths(&paths).any(|folder| folder.join(name).is_file());
    let missing: Vec<&str> = names.iter().copied().filter(|name| !here(name)).collect();
    let missing = missing.join(", ");
    assert!(missing.is_empty() || !asked(), "JIREI_PROGRAMS is set, and these are missing: {missing}");
    if !missing.is_empty() {
        eprintln!("passed over for want of {missing}");
    }
    missing.is_empty()
}
