//! Programs of others that a test needs.

/// Whether all of them are here; else it is said what was not tried.
#[allow(clippy::print_stdout, reason = "who runs the tests has to know what was not tried")]
pub fn all(names: &[&str]) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let is_here = |name: &str| std::env::split_paths(&paths).any(|folder| folder.join(name).is_file());
    let missing: Vec<&str> = names.iter().copied().filter(|name| !is_here(name)).collect();
    if !missing.is_empty() {
        println!("not tried, for want of {}", missing.join(", "));
    }
    missing.is_empty()
}
