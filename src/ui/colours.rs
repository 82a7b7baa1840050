//! Choosing how the screen looks: what stands under the cursor of the list is seen at once.

use crate::ui::theme::{Depth, Palette, Theme};
use crate::ui::{App, Choice, Chooser, Effect, Overlay, Pick};

impl App {
    /// How the screen looks: as the row of the list says, while there is one.
    pub fn theme(&self) -> Theme {
        let row = match &self.cx.over {
            Some(Overlay::Choose(chooser)) if chooser.offers_palettes() => chooser.selected(),
            _ => None,
        };
        match row.map(|choice| &choice.pick) {
            Some(Pick::Palette(palette)) => Theme { palette: *palette, ..self.cx.theme },
            _ => self.cx.theme,
        }
    }

    pub(crate) fn choose_palette(&mut self) {
        let note = |palette| match palette {
            Palette::Dark => "ふつうの部屋に",
            Palette::Light => "明るい部屋に",
            Palette::Mono => "色を使わない",
        };
        let choices = Palette::ALL
            .map(|(_, label, palette)| Choice::new(label, note(palette), Pick::Palette(palette)))
            .to_vec();
        let mut chooser = Chooser::new("色を変える", choices).on(Pick::Palette(self.cx.theme.palette));
        if self.cx.theme.depth == Depth::None {
            chooser.text = "NO_COLOR があるので、この端末ではどれも色なしです。".to_owned();
        } else if self.cx.theme_is_set {
            chooser.text =
                "設定ファイルの theme が先に使われます。ここで選んだ色は、終わるまで続きます。".to_owned();
        }
        self.cx.choose(chooser);
    }

    pub(crate) fn take_palette(&mut self, palette: Palette) {
        self.cx.theme.palette = palette;
        self.cx.effects.push(Effect::Palette(palette));
    }
}
