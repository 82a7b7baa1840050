//! What is said to the person in front of the screen.

use jirei::ui::Notice;

use super::support::driver::Driver;

#[test]
fn 個人が分かることばの知らせは何を言っても先に残り同じことは二度言わない() {
    let cx = &mut Driver::first_start().model.cx;
    let leaving =
        |words: &str| format!("個人が分かりそうなことばがあります：{words}。貼る前に確かめてください。");
    let (name, number) = (leaving("氏名"), leaving("電話番号"));
    cx.say("前の知らせ。");
    cx.warn_of_leaving(&["氏名".to_owned()]);
    assert_eq!((cx.notice.text(), cx.notice.is_loud()), (&*format!("{name}前の知らせ。"), true));
    cx.say("次の知らせ。");
    cx.warn_of_leaving(&["氏名".to_owned()]);
    cx.warn_of_leaving(&["電話番号".to_owned()]);
    assert_eq!((cx.notice.text(), cx.notice.is_loud()), (&*format!("{name}{number}次の知らせ。"), true));
    cx.say("");
    assert_eq!(cx.notice.text(), format!("{name}{number}"));
    cx.notice.clear();
    assert_eq!(cx.notice, Notice::default());
}
