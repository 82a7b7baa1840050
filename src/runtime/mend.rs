//! Other records in the place of damaged ones, while nobody has them open.

use std::path::Path;

use crate::domain::refused;
use crate::runtime::stamp;
use crate::store::{self, salvage_here};
use crate::ui::Mend;

/// Does it, and says what came of it.
pub fn mend(data: &Path, mend: &Mend) -> String {
    match mend {
        Mend::Salvage => salvage(data),
        Mend::Restore(path) => restore(data, path),
    }
}

fn restore(data: &Path, path: &Path) -> String {
    match store::restore(data, path, stamp().at) {
        Ok(restored) => {
            let kept = restored.kept.map(|kept| format!("前の記録は、{} として残しました。", kept.display()));
            format!(
                "バックアップに戻しました：{}。続けて書けます。{}",
                restored.compared.held,
                kept.unwrap_or_default()
            )
        }
        Err(error) => refused::chain(&error),
    }
}

fn salvage(data: &Path) -> String {
    let now = stamp();
    match salvage_here(data, now.at, &mut now.ids()) {
        Ok((salvaged, damaged)) => format!(
            "{}。続けて書けます。壊れたファイルは、{} として残しました。",
            salvaged.said().join("。"),
            damaged.display()
        ),
        Err(error) => format!(
            "新しい記録に移せませんでした（{}）。壊れたファイルには手を付けていません。空きと権限を確かめて、もう一度お試しください。",
            error.why()
        ),
    }
}
