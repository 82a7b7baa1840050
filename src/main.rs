//! The command line: hands the words over, and the exit status back.

use std::process::ExitCode;

fn main() -> ExitCode {
    jirei::cli::main(std::env::args_os())
}
