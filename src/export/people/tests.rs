//! Tables of participants as people make them.

use super::*;

const SAMPLE: &[u8] = include_bytes!("../../../tests/data/case-a/participants.tsv");

#[test]
fn 見本の参加者表を読む() {
    let rows = read(SAMPLE).unwrap();
    assert_eq!(rows.len(), 14);
    let pharmacist = PersonRow {
        line: 7,
        code: "P06".into(),
        name: "架空原F".into(),
        profession: "薬剤師".into(),
        organisation: "隣町の調剤薬局".into(),
        department: "在宅担当".into(),
        involved: Some(true),
        first_time: Some(false),
    };
    assert_eq!(rows[5], pharmacist);
}

#[test]
fn 列の順も見出しの表記も区切りも違ってよい() {
    let text = "\u{feff}初参加,\"職　種\",Ｎａｍｅ,備考\r\n○,\"医師, 内科\",見本,読まない\r\n\r\n,,,\r\n×,薬剤師\r\n";
    let rows = read(text.as_bytes()).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].profession.as_str(), rows[0].name.as_str()), ("医師, 内科", "見本"));
    assert_eq!((rows[0].first_time, rows[1].first_time, rows[1].involved), (Some(true), Some(false), None));
    assert_eq!((rows[0].line, rows[1].line), (2, 5));
}

fn refused(text: &str) -> (u64, usize) {
    match read(text.as_bytes()) {
        Err(ReadError::Cell { line, column, .. }) => (line, column),
        other => panic!("{other:?}"),
    }
}

#[test]
fn 悪い表は行と列を言って断る() {
    assert_eq!(refused("薬剤師,山の町薬局\n"), (1, 1));
    assert_eq!(refused("職種,初参加\n医師,たぶん\n"), (2, 2));
    assert_eq!(refused("職種,初参加\n医師,はい,多い\n"), (2, 3));
    assert_eq!(refused("職種,職種\n"), (1, 2));
    assert_eq!(refused("職種,code\n医師,P01\n\n薬剤師,ｐ01\n"), (4, 2));
    assert_eq!(read(b" \n"), Err(ReadError::Empty));
    assert_eq!(
        read("職種,氏名\n医師,\"見本".as_bytes()),
        Err(ReadError::CutShort(Place { line: 2, column: 4 }))
    );
    // Shift_JIS, as Excel writes it without being asked.
    assert_eq!(read(&[0x90, 0x45, 0x8e, 0xed, b'\n']), Err(ReadError::NotUtf8(Place { line: 1, column: 1 })));
}

#[test]
fn 空いた番号に戻らず表の記号の次から付ける() {
    let mut dossier = crate::export::sample::case_a().unwrap();
    dossier.participants.retain(|_, p| p.code != "P02");
    let mut mint = crate::domain::Now { at: dossier.progress.started_at.unwrap(), seed: 9 }.ids();
    let rows = read("記号,職種\n,保健師\nP20,保育士\n,住民\n".as_bytes()).unwrap();
    let added = participants(&rows, &dossier, &mut mint).unwrap();
    assert_eq!(added.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["P21", "P20", "P22"]);
}

#[test]
fn 行の番号は空の行やセルの改行をはさんでも合う() {
    let text = "職種,氏名\r\n\r\n\n医師,見本\n\"保健\n師\",例\n\n\n薬剤師,例\n";
    let lines: Vec<u64> = read(text.as_bytes()).unwrap().iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 5, 9]);
}

#[test]
fn セルの中の改行と制御文字は残らない() {
    let rows = read("職種,氏名\n\"医\n師\",\u{1b}[31m見本\n薬剤師,例\n".as_bytes()).unwrap();
    assert_eq!((rows[0].profession.as_str(), rows[0].name.as_str()), ("医 師", "見本"));
    assert_eq!(rows[1].line, 4);
}

#[test]
fn 同じ表を二度取り込んでも増えない() {
    let mut dossier = crate::export::sample::case_a().unwrap();
    let at = dossier.progress.started_at.unwrap();
    let mut mint = crate::domain::Now { at, seed: 9 }.ids();
    assert_eq!(participants(&read(SAMPLE).unwrap(), &dossier, &mut mint), Ok(Vec::new()));
    let table = "職種,所属\n看護師,山の町病院\n看護師,山の町病院\n薬剤師,山の町薬局\n";
    let rows = read(table.as_bytes()).unwrap();
    let added = participants(&rows, &dossier, &mut mint).unwrap();
    assert_eq!(added.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["P15", "P16", "P17"]);
    dossier.participants.extend(added.into_iter().map(|p| (p.id, p)));
    assert_eq!(participants(&rows, &dossier, &mut mint), Ok(Vec::new()));
    for code in ["P03", "P3", "ｐ００３", "3"] {
        let clash = read(format!("記号,職種\n{code},医師\n").as_bytes()).unwrap();
        let result = participants(&clash, &dossier, &mut mint);
        assert!(matches!(result, Err(ReadError::Cell { line: 2, .. })), "{code}");
    }
}

#[test]
fn 頭の番号や点は職種にも氏名にも残らない() {
    let rows = read("職種,氏名\n①医師（精神科）,・見本沢\n2. スクールカウンセラー,（2）例ノ川\n".as_bytes())
        .unwrap();
    let words: Vec<_> = rows.iter().map(|row| [row.profession.as_str(), row.name.as_str()]).collect();
    assert_eq!(words, [["医師（精神科）", "見本沢"], ["スクールカウンセラー", "例ノ川"]]);
}
