//! One file a subcommand: what the command line asks, answered on standard output.
