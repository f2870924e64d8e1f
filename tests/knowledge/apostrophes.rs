//! Names of terms with apostrophes, which are typed in many ways.

use fieldbook::terms::NameMatcher;

#[test]
fn every_apostrophe_is_one() {
    let signs = ["'", "’", "ʼ", "‘", "＇"];
    for name in signs.map(|sign| format!("Lloyd{sign}s register")) {
        let words =
            NameMatcher::new([(name.as_str(), 7), ("O'Brien", 8), ("women", 9)].into_iter());
        for sign in signs {
            let text = format!("a lloyd{sign}s register, O{sign}Brien and the women{sign}s house");
            let found: Vec<(&str, u32)> =
                words.all_in(&text).map(|(from, to, term)| (&text[from..to], term)).collect();
            let whole = [format!("lloyd{sign}s register"), format!("O{sign}Brien")];
            assert_eq!(found, [(&*whole[0], 7), (&*whole[1], 8), ("women", 9)], "{name}");
        }
        // Where a quotation ends, no name goes on.
        assert_eq!(words.all_in("the lloyd' s register").count(), 0);
    }
}
