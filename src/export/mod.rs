//! Records to bytes and back, pure, a file a format; only `write` touches the disk.
