// Small word lists of the grammar: which verbs give orders, which words stand in titles, which lead-ins only explain.

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Verbs that orders begin with; a short line that begins with one is a statement, not a title. */
export const orderVerbs = list(`
  accept access achieve acquire add adhere aggregate alert allow answer append apply approve archive assign attach audit authenticate authorize automate avoid back backup ban block build
  cache calculate cancel capture change check choose claim clean clear close collect comply compress compute configure confirm connect contain continue convert copy create customize deactivate
  define delegate delete deliver deny deploy describe detect determine disable discard display distinguish do document download drop edit emit enable encrypt end enforce enrich ensure enter
  escalate establish evaluate exclude execute exit expire expose export extract fail fetch filter find fix flag follow force format generate give grant group guarantee handle hash have help hide
  identify ignore implement import improve include increase indicate inform insert install integrate invalidate issue join keep launch leave let limit link list load lock log maintain make manage
  map mark match measure merge migrate minimize mirror mitigate monitor move must never notify obtain offer open operate optimize order override parse perform permit persist pin place plan poll
  preserve prevent process produce prompt propagate protect prove provide publish purge query raise read receive record recover redirect reduce refresh register reject release reload remain remove
  rename render replace replicate report request require reserve reset resolve respond restart restore restrict retain retire retry return reuse review revoke rollback rotate route run sanitize
  save scale scan schedule search secure select send separate serve set share show sign simulate skip sort specify start stop store stream submit suggest support sync synchronize synthesize
  terminate test throttle track transfer transition transmit treat trigger turn update upgrade upload use validate verify view wait warn write`)

/** Words that make a short line a clause and no title. */
export const clauseWords = list(`
  is are was were be been has have had does do did not no never only always all any each every it they we you who which that than until unless if when while because so`)

/** Lead-ins of paragraphs and lists that explain or show and require nothing. */
export const explainingLabels =
  /^(?:for\s+)?(?:e\.g\.|examples?|example rules?|for example|for instance|sample|notes?|rationale|why(?: this priority)?|reason(?:ing)?|independent test|background|context|justification|see also|tip|warning|hint|media type examples.*)$/i
