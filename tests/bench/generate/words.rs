//! A vocabulary, and sentences made of it.
//!
//! The words are those of mine action first and of general prose and software after that, sorted by
//! frequency, and are drawn by Zipf's law: so the text compresses, and its search index grows,
//! about like that of a real book. One word in forty is a name out of some thousands, since names
//! make the long tail of an index.

use super::random::Random;

pub(crate) struct Words {
    words: Vec<&'static str>,
    /// The sum of the weights of each word and those before it.
    sums: Vec<u64>,
}

impl Words {
    pub(crate) fn new() -> Words {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let mut sum = 0;
        // Zipf–Mandelbrot: the weight of rank r is 1 / (r + 3.7), in whole numbers, which are the
        // same everywhere.
        let weigh = |rank: usize| 1_000_000_000 / (10 * rank as u64 + 37);
        let sums = (0..words.len())
            .map(|rank| {
                sum += weigh(rank);
                sum
            })
            .collect();
        Words { words, sums }
    }

    pub(crate) fn word(&self, random: &mut Random) -> &'static str {
        let total = self.sums.last().copied().unwrap_or(1);
        let drawn = random.below(total as usize) as u64;
        self.words[self.sums.partition_point(|sum| *sum <= drawn)]
    }

    /// Returns this many words without a full stop, the first with a capital letter: a title, a
    /// heading, or an item of a list.
    pub(crate) fn phrase(&self, random: &mut Random, n_words: usize) -> String {
        let mut words: Vec<&str> = Vec::new();
        while words.len() < n_words {
            let word = self.word(random);
            let is_weak = word.len() < 4 && (words.is_empty() || words.len() + 1 == n_words);
            if !is_weak && words.last() != Some(&word) {
                words.push(word);
            }
        }
        capitalized(&words.join(" "))
    }

    /// Returns eight to twenty-four words with a full stop.
    pub(crate) fn sentence(&self, random: &mut Random) -> String {
        let n_words = random.between(8, 24);
        let mut sentence = String::new();
        let mut last = "";
        let mut n_written = 0;
        while n_written < n_words {
            if n_written > 0 && random.once_in(40) {
                sentence.push(' ');
                sentence.push_str(&name(random));
            } else {
                let word = self.word(random);
                if word == last {
                    continue;
                }
                if n_written > 3 && n_written + 3 < n_words && random.once_in(14) {
                    sentence.push(',');
                }
                if n_written > 0 {
                    sentence.push(' ');
                }
                sentence.push_str(word);
                last = word;
            }
            n_written += 1;
        }
        sentence.push('.');
        capitalized(&sentence)
    }

    /// Returns a sentence short enough for a card.
    pub(crate) fn summary(&self, random: &mut Random) -> String {
        loop {
            let sentence = self.sentence(random);
            if sentence.len() <= 160 {
                return sentence;
            }
        }
    }

    /// Returns three to six sentences on one line.
    pub(crate) fn paragraph(&self, random: &mut Random) -> String {
        let sentences: Vec<String> =
            (0..random.between(3, 6)).map(|_| self.sentence(random)).collect();
        sentences.join(" ")
    }
}

/// Returns a name of three syllables, the low ones more often.
fn name(random: &mut Random) -> String {
    const SYLLABLES: [&str; 24] = [
        "ka", "ru", "mo", "tel", "an", "ber", "so", "lin", "da", "vo", "ne", "shi", "ga", "pur",
        "el", "to", "mar", "ji", "zan", "ko", "ra", "bel", "um", "ty",
    ];
    let syllables: String = (0..3).map(|_| SYLLABLES[random.skewed(SYLLABLES.len())]).collect();
    capitalized(&syllables)
}

fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(usize::from(!text.is_empty()));
    first.to_ascii_uppercase() + rest
}

const WORDS: &str = "
the and of in to action a mine development for on with is national group as not states or an that it
at be by contact donors parties from plan affected page date assistance are practice countries no
can what environment sector language recommendation article more address working meeting plans
impact its theme support only should work their has this new review donor text operators lessons
country do state linking other guidelines was international how finance per edition because first
into between draft funding victim same learned localisation site seed each list government up ban
may which number adopted so link local content named one source three have through policy conference
note agencies treaty build must members guidance two year convention years been they several
clearance mark partnership over change paragraph document confirmed march including under
programming all use indicators reporting public own search meetings need programmes economic where
non key innovative completion addressee numbers organisation purpose seen since armed violence field
term about information best success five reap evaluation further needs model environmental linkage
name numbered without every type management specific activities budgets proposed will process both
level annual encourage role body next keep mechanisms narrative but second cross gender none item
readers mines evidence monitor glossary amendment committee consultations provide why humanitarian
integration also make would united authorities willing park actions endorsed report fund four items
facts statement names kind guideline dialogues margins personnel open informal research initiatives
clear priority financing poverty reduction nations regional practitioners integrated discussion case
than strategies building climate monitoring stronger those who cutting wording had conclusion rules
section pages primary ownership lines changed cooperation social includes points small proposal
programme concept governmental taken given increasingly mandate directors processes exchange
existing promote recommended active least extension early coalition study themes diversity advocacy
notes stored nothing sample yes does most never asks rule show assessment attribution fact audience
centres citation core offline focus anti broader context sustainable issues output done integrating
within enabling implementation capacity means interest fifth retreat event outcomes emphasis
requirement establishing ten ambition coordination health requests sectors engagement front loading
whether once value money says used after web seeds data lists statements different translation paper
actors give organisations lesson types form status instrument published above definitions
translations documents exists replaced superseded cases standing ended were time these network
advisors participants perspective approach issue addition agreed arms control include security set
others inclusion increase class such license assessments string land keyword help node offices
software required object useful buffer raise legacy political documentation consideration button
space module tools option dialogue return captures console quick property strengthen provided
establishment literal agreements variable develop rich pilot modules them require deadlines your
strong message communities remove good program see modify below package volunteer merge could python
consider assert twice functions chair command against encoding groups binary function size
technology width declaration distribute out copies summaries socket quotation punctuation marks
distribution cited memory sources mode word header paragraphs array separate granted standards
worker updated integer removed directory definition tests entry passed explicit specified honest
style secondary bytes publication null codes experimental full like later arguments results objects
summary border links align bargain windows accessibility prints index parameter label child update
undefined shown systems strength reserved print redistribute fields instance last syntax basis
deprecated disclaimer font standard allow held headers following exception decision toggle there
single discussions returned integrate offset linkages start advantages port technical upstream
closer hash while stability therefore exit line improve importance emitted eligible invalid stream
handle main throw planned deprecation some usage created permitted many keys funds appear competing
client priorities flavor proven stack cost running projects timers post signal present portions
provides thread direct upgrade half lesser planning inspector forum configuration play character
awareness fixes advocate university royal trace host modification place picker robust passing
increased await few enable templates calling platforms modified indicator materials across streams
encouraged modern individuals color rewarding chunk party family contaminated variables obligations
match involved tree advise limitation bond empty feasibility info due extensions project parser meet
contents part strings current listener works hooks friends avoid knowledge redistribution generator
benchmark indexes center paraphrase artistic read docs meaning behavior general executable found
licensed labelled define inference sell inferred exports kept margin beside pointer written failed
bullets writable run handler code along row zero unofficial diff older transform carry special dates
expected gives constructor advisers commits rationale handling practices execution membership
certificate listed prefix then containing plain byte quote operation comment install stable
algorithm right corporation register parent terms debugger default allows cannot applications person
fail bodies session files push breaks loop otherwise send table invoked articles restriction
destruction currently persons macro rights maximum warning query version charge licence cache
repository dependencies addresses disable people thrown interface auto shows custom texts structure
low enabled bandwidth programs contributors pick banner derivative reason permit dated cipher
derived snapshot schema obtaining introduction permissions follow advertising established pass
summer compiler questionnaire debug understand valid element messages explosive export remnants
coverage conditions bugs budget resolve overall paths agenda whom seeking emit organization during
conflict cherry peace furnished explore makes adding cause organizations signature linked endorse
however heap clearly various frameworks elements yet instances attention compiled face indicates
sometimes expression business generate opportunity parse influence specify setting john tasking root
dual operations achieve sets global attribute day parameters sessions similar mid ignored exchanges
hook common another aim asynchronous observer throws meets remote ways bits enhance warnings
reducing flaky progress hello involve height consultative constants preparing world office sent
together attempt safe libraries conclusions unsigned much abort substance patch whilst initial
updating correctly modifying device reflect peter wins unused add installed baseline template
minimum known performance explicitly commitment white appropriate requires explanation supports
positive fetch realistic mock down might silos until compliance underlying facility nick detailed
extra arrangements threads boost licenses adoption express scale perform greater fill effectiveness
typo innovation digest want external domain creates whose range live compatible here corrected
unless connect stated specification file padding calls examples ends leak reported blob unit
attributes chain ignore things notable treaties corresponding house upon references clean origin
bash put commands implied parsing ask compile anchor equivalent heading modifications eligibility
collaborators hard strict inside applicable marker improvements frank failure consultation
particular design compilation closing limited become contained formal disabled marked specifies
reports catch headings shell formed inspect publish instructions suggested ensure cite operating
foundation very multilateral split partner sure exist colon subject settings alias pipe official
agent events minor feature tracing sentence configure sections compatibility double relative quotes
actual ids cleanup folding store reference selector material queue force starting submission
debugging rehabilitation life contradicts immediately psychological less survivors google cluster
licensee chapters imports nor processing protocol patent guide sort protection team risk resolved
education media editions arrow permission making title float itself encoded volumes connections
promised descriptor french engine disability individual closed outside resource problem grand
password contested targets copy testing disabilities normal age representing based entire
observation notices reader regression when resolution aliases clone sphere isolate scope tracker
withdrawn commander stays stdio back instruction left allocated filters acronym take buffers system
constant notice exceptions reviewed defaults history considered gov recursive revision directories
disposition executed substantive self optional effect vocabulary entity stale assigned secretariat
random checks delete if prevent preview wait cites destination advice dark conducted bindings order
applies subjects service met reset seventh synchronous background prototype concerns bound presented
sequence going dependency continuum rename threat sockets war matching operational home towards
mechanism associated intel stands previously vital condition overseas implemented expressed execute
costs succeeded approved holder recent arrays production actually fold spawn facilitate helper
achievement logo already echo steps loaded strategy revert papers refer goals spec stating extends
experience matches fashion continue articulate trigger doing destroyed developing kernel
competencies specifier senior resulting etc martin broad suite sense depending platform
initialization informally numeric discuss respect tool creation fostering pertaining facilitating
frame among grant players watch speak regents frankly properly constraints analyzer extent publicity
structures indicate practical resources serve compression skip email image parts foreign subroutine
commonwealth convert hosted expressions invitation listen influential milliseconds challenges
binaries assist grep summarises stat being aborted widely runner circulated problems effective
publicly guiding having framework depends retain produce necessary promises respond locale
circumstances terminated considering improved manageable identifier removing unnecessary duplication
listeners metrics initialize burden connected multiple restrictions clarity highlight request step
aspects checkout user pair guides compressed share validation additional contributed move encode
away interpreter inclusive damages mental salt ahead basic foregrounds expose remaining controls
achievable duplex relevant classes establish developed lead released available pipeline
conversations records break allocation deliver indicating joint optionally incentives fork pro crash
options decimal exemplifying edit relatively handled reach middle struggle tried attract amount
dedicated vector efficient inline get sale regular logic addressing parsed governance reads analysis
dynamic willingness freely announcing altered smaller causes partnerships registered empowerment
wrapper forming floor multi incorrect rigorous synopsis showing representation beyond member
efficiency transformation equity patches measurement commons capturing override levels typically
objectives supplied speed embedded producing encryption publishes lookup balanced handlers
understanding listening technological compare streamlined absolute fast nettle tracking prof find
authentication newsletter loader static architecture opened terminate excerpt grants today portable
go icon bullet authorization test crate fixture copying identifiers android letterhead delay undated
resolver symbol larger author embedding versions really findings generation details compress
silently graph dropped claims addressable secret win finished contain detect usually fully
translated introduced identifying exclusive enforce canonical instruments algorithms led signed
organised record continuing sync prior developers wider sending create creative argument binding
ranks regexp position extended drafted requested way incorporated embryo controller methods detail
enables diagnostic sharing timer far wrap product leading reading symbolic short misrepresented
enforced beginning drafts computed window accepts anchors computer side stats act internet limit
oracle feeding negative obstacle bind needed turn measurable scalar count choose figure obtain
baselines collaborator pilots inherit explains terminal finish fatal earlier determine harder
rejected trials nodes retrieved secure whole verbatim absent functionality consequences warn
anything primitive except represents evaluated diagnostics result iterator head subsequent publisher
adds writes limitations mixed generally proper describe hyphen certificates call internals markdown
probably values deferred audit transport chrome comparison import depth relation digital duplicate
behaviour dash enough antipersonnel decoder mined exec areas likely soon dependent possible proxy
reasons identical uses workers care installation victims contribution transparency getting even
royalty citations herein physical advanced collection setup medical meant policies treated pattern
deflate happened implicit plus preserved past changing before overflow concern pool bare decipher
prose lock unqualified interpreted safety thus series patterns stockpile bump defined triggers
simple anyone major pointers follows exercise currency prepare reproduced handles third wrote still
branches changes parallel shall consortium volume forward sensitivity latest ready math description
medium civilian tokens markers channels equality utilities mitigation encrypted archive anonymous
participation servers equal seconds attributed suitability workshop licensing moved packaging asked
deprecate red conversion challenge detection weak remain tells underscore labels subtle studies
contributions scraper garbage mirrors trademark facet exposed counts construct script returning ones
matched websites defines download anymore partly virtual examined maintained human internally facets
performed region driver readable exclude stood race clause formatting manual select notions thing
disk arbitrary languages satisfy studied chunks alerts inputs machine easier reused mailing promise
prop format sheikh disaster maps server preserve evaluations unstable outcome termination
conditional happens assessed misc pending builtin unsafe company mean flush instead alive legal
simply comments unsupported fixed newly gaps menu database incompatible either installing checked
manager folder providing authored liability alpha startup contributor compiling archived triggered
kinds comes editorial configured commit manually else bitmap fails curve private reasonable mapping
mike related trying allowed located area portion belong append owner fulfills any expect writer
escape translator choice ranking combination generated closure filterable interior slow macros real
exact directions assume rooms starts often partial spelling floating months submit distributed save
solicit occurred views designed initiative histogram recently whenever centre higher organized token
certain uninitialized explored immediate highlighted josh well according integral faster indeed
prompt reduce converted creating emits enhances thereof paradigm printed geared distributions
started warranties recognized bottom encouraging admonition reform whatever possibility storage
covered processed close recipient collaboration timestamp validate comma specifically placed
successfully incorrectly millennium omitted regardless unlike deal indicated difficult curl
methodologies percent conduct possibly finally aware endeavoured freed light optimized formulation
disconnect promoting affect toward obtained able retained exert unlimited association collected
brought arising hope exported prepares dealings relating frames example initialized specifying
removes requirements master using receiving around hunk enhanced accessing dedicate failures
reflecting iteration approaching persistent engage traces important variant increasing strictly
approaches attempts delivering chapter channelling bootstrap supporting deep opportunities ciphers
free drop successes detected undertake serialization potential fonts game potentially adapting
happen successful selected immunisation nested previous prepared come permissive drive allowing
reviews gnome deploying tick faceted attempting covering represented balancing decoration
disseminating deleted interventions account considers contexts assessing fulfilled utility merges
technologies username emphasising declare trialling maintainers identify indirect reflection
decoding captured integrity accompanying temporary sign alone our attacker base depend rust prime
true generating copied assign length interval paraphrased graphics someone affiliates confirms
question disagree easy my wrapped outright waiting throughout provisions late trademarks unnumbered
tainted headed backing cover complex sit difference squarely interfaces touch flow fall receives
everything resume unique maintenance appears colors words quite now extend reached compact dossier
atomic went separated gone generates unnamed octets belongs notation lower downloaded raises
asynchronously fits guaranteed shift communication described copyrighted shared edge contains daemon
recognised descriptors supported counter validated constructors included credit shape behalf yield
linker helps reporter formulate represent implement synchronously rhythm optimize implies
respectively attendance redundant printable liable you alter restricted verbose reaches infinity
expectations resolving expectation registers obstacles join operator collect yielding taught framing
developer column payload bold builder simplify stuff clarify suffix beneficiaries optimization
implementing container suitable devices replace matt near coercion breaking failing channel inner
refers leaks little alignment examine nonce horizon stroke adapt taking giving minimal founders
drain showed compared look similarly trade especially offs wish spreading preferred assess declared
track entities foregrounding street presidency ever accompanies answer separable produces predates
login write truncated occurs caller totals scopes honestly ability filled miscellaneous placeholder
encrypt casualty causing actor turner legally timing profit skipped transitioning sizes organiser
mentioned kingdom slice prioritise disc peer alternatively did portability location overview
provision backward preparation imported spelled places elsewhere duplicated spells waiver correct
fragment historical processor aims retrieve approves additionally took credential adopting excluding
features minutes bite ares importer directive matters shutdown restart assertions survive spawned
broken attempted joining invocation becomes animation blocks profiling loses desired lost predicate
navigation abstract stop signatures loose allocate trailing contributing spaces sends bilingual
maintainer alt lane strip assignment indent stopped render restore pull environments repeat thanks
counted specifiers checker cached although unexpected curly mention slugs behave inconsistent power
matter locally prohibition intro stockpiling agrees transfer stash called invoke destroy manner
protect incoming unable revise duration enumerable implications passes expert completely input
determined usual lifetime measures task glossaries alternate errors responsibility final machines
individually pretty collectively implicitly suffered bundled injury clang loss clients substantial
prefer impairment rejection families integers components categories emergency mentioning laws
signals symbols obsolete summit significant numbering cancel point detached separately procedure
introduce digit begin quiet sequences governed ending snapshots suffering regarding caused said
roman defer sixteenth deemed insights jurisdiction facing adjust future inspection evolving emeritus
added restrict builds uncompressed achievements hover accept props natural determining lint evaluate
keyed scheduled stockpiled worldwide munition acknowledgment recording dump retaining necessarily
transmitting subset benchmarks originally apply cookie excluded sans ordnance suppress regulation
wrapping approval packaged law corp august hints mirror maybe treat directives reject hand began
convenience renamed dictionary responsible questions application reverse release insecure
occupational inflate digits ping survey silicon stockpiles intermediate consistent shallow ordinal
exited publications authorized booby compilers traps exits recorded consistency told opacity check
lexicon warns think verify children newer compute permits repositories commercial referenced reuse
insert replacing limits proposes displayed replacement combined degrees pseudo six tries citizens
crashes particularly shadow nine patents know distributing rests pause high formatted agreement
decode prevention typos followed expand though buffered fit differences removal confused category
latter covers lexer developmental redistributed purposes upload neighbours glen adaptation crates
describes derive founded looking rotates encountered neither workflow speaker declarations
affiliation insensitive received indentation consent workaround participating hardware delegations
expressly spoke merged existed reis mobilisation trailers travail routines visible explain completed
jump civil unmodified society incomplete leadership mask better describing accessible sizzle
";
