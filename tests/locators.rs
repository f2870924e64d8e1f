//! Locators: the places that they name, and the text between them.

use fieldbook::note::{Locator, PlaceName};

/// Returns a locator with each place in brackets and what it means after an equals sign.
fn read(written: &str) -> String {
    let range = |first: u32, last: u32| match first == last {
        true => format!("{first}"),
        false => format!("{first}..{last}"),
    };
    let piece = |place: &Option<PlaceName>, text: &str| match place {
        None => text.to_owned(),
        Some(PlaceName::Paragraphs { first, last }) => {
            format!("[{text}=¶{}]", range(*first, *last))
        }
        Some(PlaceName::Parts { label, first, last }) => {
            format!("[{text}={label} {}]", range(*first, *last))
        }
        Some(PlaceName::Named(name)) => format!("[{text}={name}]"),
    };
    let pieces = Locator::new(written).pieces;
    pieces.iter().map(|found| piece(&found.place, &found.text)).collect()
}

#[test]
fn places_are_found_in_what_writers_write() {
    for (written, meant) in [
        ("¶9", "[¶9=¶9]"),
        ("¶ 9", "[¶ 9=¶9]"),
        ("¶5, ¶7, ¶8", "[¶5=¶5], [¶7=¶7], [¶8=¶8]"),
        ("¶5, 7 and 8", "[¶5=¶5], [7=¶7] and [8=¶8]"),
        ("¶¶9–11", "[¶¶9–11=¶9..11]"),
        ("¶2-¶17", "[¶2-¶17=¶2..17]"),
        ("¶17-¶2", "[¶17=¶17]-[¶2=¶2]"),
        ("paragraph 9", "[paragraph 9=¶9]"),
        ("Paras. 9 to 11", "[Paras. 9 to 11=¶9..11]"),
        ("par. 9 et 10", "[par. 9=¶9] et [10=¶10]"),
        ("§ 9 à 11", "[§ 9 à 11=¶9..11]"),
        ("párrafos 3 y 4", "[párrafos 3=¶3] y [4=¶4]"),
        ("الفقرة ٩", "[الفقرة ٩=¶9]"),
        ("¶9(a)", "[¶9=¶9](a)"),
        ("¶3.2", "[¶3.2=¶3.2]"),
        ("¶8; on eligibility ¶5", "[¶8=¶8]; on eligibility [¶5=¶5]"),
        ("¶7, ¶8, for the comparison", "[¶7=¶7], [¶8=¶8], [for the comparison=for the comparison]"),
        ("Quick win 7", "[Quick win 7=quick win 7]"),
        (
            "Quick wins 6, 7-9; Further work 1, 2",
            "[Quick wins 6=quick wins 6], [7-9=quick wins 7..9]; [Further work 1=further work 1], [2=further work 2]",
        ),
        (
            "Introduction; Quick wins 6 and 7",
            "[Introduction=introduction]; [Quick wins 6=quick wins 6] and [7=quick wins 7]",
        ),
        ("title and introduction", "[title and introduction=title and introduction]"),
        ("Article 6(3)", "[Article 6(3)=article 6(3)]"),
        ("section 3.2", "[section 3.2=section 3.2]"),
        ("code 15250", "[code 15250=code 15250]"),
        ("the 23rd meeting", "[the 23rd meeting=the 23rd meeting]"),
        ("9", "9"),
        ("pp. 9, 12", "[pp. 9=pp. 9], [12=pp. 12]"),
        ("", ""),
        (" ; , ", " ; , "),
    ] {
        assert_eq!(read(written), meant, "{written}");
    }
}

#[test]
fn the_text_of_the_writer_is_kept() {
    let parts = [
        "¶",
        "§",
        "9",
        "12",
        "٣",
        " ",
        "  ",
        ",",
        ";",
        "-",
        "–",
        "and",
        "et",
        "و",
        "para.",
        "Quick win",
        "ß",
        "İ",
        "é",
        "(",
        ".",
        "x",
        "٩٩٩٩٩٩٩٩",
        "999999999",
    ];
    let mut seed = 1u64;
    for _ in 0..20_000 {
        let mut written = String::new();
        for _ in 0..8 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            written.push_str(parts[(seed >> 33) as usize % parts.len()]);
        }
        let locator = Locator::new(&written);
        assert_eq!(locator.written(), written);
        let mut pieces = locator.pieces.windows(2);
        assert!(pieces.all(|two| two[0].place.is_some() || two[1].place.is_some()), "{written}");
        for piece in &locator.pieces {
            assert!(!piece.text.is_empty(), "{written}");
            if let Some(PlaceName::Paragraphs { first, last }) = piece.place {
                assert!(first <= last, "{written}");
            }
        }
    }
}
