//! Values under which notes are filed, the most frequent first; each list is separated by commas.

/// Names that each have a note.
pub(crate) const THEMES: &str = "\
    Land release, Development linkage, Victim assistance, National ownership, Localisation, Risk \
    education, Innovative finance, Climate and environment, Gender and diversity, Information \
    management, Stockpile destruction, Peace and security";

/// Names without notes: the field that uses them is open.
pub(crate) const TAGS: &str = "\
    heritage sites, training planning, amputees, tenure, cash transfers, baseline studies, \
    livelihoods, quality management, budget access, local priorities, volunteers, donor \
    capacity, data use, safety capacity, school costs, community capacity, data access, national \
    access, national funding, community standards, budget funding, improvised devices, health \
    reporting, evaluation, local standards, land standards, school use, water partnerships, \
    microfinance, community coordination, medical care, school reporting, survey use, road \
    capacity, community access, safety planning, safety use, health use, community costs, \
    national partnerships, accreditation, health planning, land priorities, value for money, \
    forestry, land partnerships, health costs, budget monitoring, road priorities, water \
    capacity, clearance coordination, local partnerships, community use, farm monitoring, media, \
    national coordination, water planning, legislation, water priorities, school capacity, road \
    partnerships, clearance planning, safety standards, school standards, training coordination, \
    refugees, water monitoring, land monitoring, farm coordination, farm partnerships, \
    displacement, extension requests, irrigation, safety access, road planning, training \
    reporting, survey capacity, school monitoring, food security, training access, survey \
    access, survey partnerships, health coordination, farm use, farm standards, health access, \
    national monitoring, survey costs, health capacity, community planning, safety funding, \
    local monitoring, training costs, procurement, drones, prosthetics, data coordination, local \
    use, local access, school access, road costs, water coordination, employment, underwater \
    clearance, peacekeeping, transparency, data costs, advocacy, sustainability, water costs, \
    mechanical clearance, landmines, budget planning, conflict sensitivity, survey monitoring, \
    national use, technology, water use, farm planning, unexploded ordnance, anti vehicle mines, \
    water access, inclusion, safety reporting, indicators, survey funding, donor costs, \
    liability, military, electricity, survey standards, youth, budget priorities, \
    demobilisation, training funding, women, rural development, farm costs, reconstruction, \
    clearance funding, children, school priorities, health monitoring, data partnerships, \
    clearance partnerships, school planning, rehabilitation, training partnerships, handover, \
    national planning, budget capacity, budget reporting, tourism, regional exchange, farm \
    capacity, pilot projects, national priorities, health partnerships, local coordination, \
    clearance use, residual risk, safety priorities, donor access, data priorities, donor \
    reporting, land reporting, local capacity, data monitoring, school partnerships, local \
    planning, land planning, clearance priorities, local reporting, survey reporting, survey \
    coordination, donor monitoring, farm funding, accountability, safety monitoring, resource \
    mobilisation, budget use, road coordination, national costs, training standards, school \
    funding, land use, donor use, data funding, land access, road funding, national standards, \
    donor priorities, community priorities, cluster munitions, safety coordination, training \
    capacity, budget coordination, clearance standards, donor partnerships, explosive detection \
    dogs";

/// Names without notes, like tags.
pub(crate) const COUNTRIES: &str = "\
    Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Azerbaijan, Benin, \
    Bosnia and Herzegovina, Burundi, Cambodia, Cameroon, Canada, Chad, Chile, Colombia, Croatia, \
    Cyprus, Denmark, Ecuador, Egypt, Eritrea, Ethiopia, Georgia, Germany, Guinea Bissau, \
    Honduras, Iraq, Italy, Japan, Jordan, Kenya, Lao PDR, Lebanon, Libya, Malawi, Mali, \
    Mauritania, Mozambique, Myanmar, Nepal, Netherlands, Nicaragua, Niger, Nigeria, Norway, \
    Oman, Palau, Peru, Rwanda, Senegal, Serbia, Somalia, South Sudan, Sri Lanka, Sudan, Sweden, \
    Switzerland, Tajikistan, Thailand, Turkey, Uganda, Ukraine, Yemen, Zambia, Zimbabwe";

/// Returns the names of one of these lists.
pub(crate) fn names(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(", ")
}
