// The words by which a question gives away its answer: lists as data, read by `checkBias`.

/** The patterns of a list: between them stands a line end, or ` | ` with its spaces; a bare `|` belongs to a pattern. */
const words = (list: string): readonly string[] =>
  list
    .split(/\s\|\s|\n/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** Turns of speech that ask for agreement, as patterns. */
export const leadingPhrases = words(String.raw`
  obviously | clearly | evidently | undeniably | undoubtedly | unquestionably | self-evident(?:ly)?
  surely | certainly | of course | naturally | needless to say | no doubt | without (?:a )?doubt | it goes without saying | as (?:we|you) (?:all )?know
  every(?:one|body) (?:knows|agrees|wants|would agree|understands|loves?|hates?|likes|expects|needs|prefers) | (?:nobody|no one) (?:would|could|wants|doubts|likes|needs)
  any(?:one|body) (?:sensible|reasonable|serious) | any (?:sensible|reasonable|serious|sane) \w+ | common sense | (?:only|most) (?:sensible|reasonable|logical|natural)
  (?:do|would|will) you (?:not )?agree | (?:can|could) we (?:all )?agree | (?:you(?:'d|'ll| would| will| must| do| surely)?|we(?:'d| would)?|let us|let's) (?:all )?agree
  don't tell me | you must (?:admit|be|want|have|feel|think|see) | you (?:do|would|will|really) (?:want|need|like|prefer|feel)\b(?!.*\bor\b)
  (?:i|we) (?:would |'d )?(?:assume|suppose|presume|take it|guess|imagine|trust|gather|expect) (?:that )?(?:you|we|it|this|the|they|your|there|users?|customers?|everyone|nobody)
  presumably | is(?:n't)? it (?:true|fair|safe|right) (?:that|to (?:say|assume))
  (?:can|could|may|shall|should) (?:we|i) (?:all |just |safely )*(?:assume|suppose|presume|take it|expect) | so should (?:yours?|you|we|it) | what makes \S.{0,60} so (?:bad|good|great|slow|hard|special|popular)
  wouldn't it be | it would be (?:better|best|wise|smart|foolish|crazy) | (?:much|far|so much|way) (?:better|easier|nicer|worse)
  how much do (?:you|your \w+|users|people) (?:love|like|hate|enjoy|want|need|dislike) | how (?:great|wonderful|nice|terrible|awful|painful|bad|annoying|frustrating|helpful|excited|happy|much better|badly|desperately|vital|crucial|essential|important) (?:would|is|are|was|were|do|does|will|it is)
  surely you | as you (?:said|say) yourself|when will you finally|at last
`)

/** Tags that turn a statement into a question. */
export const tagQuestion = String.raw`[,;–-]\s*(?:right|correct|yes|no|agreed|ok|okay|true|huh|eh|don't you think|(?:is|are|was|were|do|does|did|have|has|had|wo|would|ca|could|should|must|need)n't (?:i|you|he|she|it|we|they|that|there|this)|(?:is|are|was|were|do|does|did|have|has|will|would|can|could|should|must) (?:i|you|he|she|it|we|they|that|there))\s*\?`

/** Words that judge what is asked about. */
export const loadedWords = words(String.raw`
  terribl[ey] | horribl[ey] | awful(?:ly)? | dreadful | ridiculous(?:ly)? | hopeless(?:ly)? | nightmare | disastrous | pathetic | stupid | silly | foolish | crazy | insane
  clunky | ugly | amazing | fantastic | wonderful | brilliant | awesome | superior | inferior | painful(?:ly)? | annoying | tedious | inevitabl[ey] | wast(?:e|ing) (?:of )?(?:time|money)
`)

/** Turns of speech that recommend a technology by who uses it, or by its age. */
export const technologyPhrases = words(String.raw`
  industry[- ]standards? | de[- ]facto(?: standard)? | gold standard | best[- ]practices? | best[- ]in[- ]class | best[- ]of[- ]breed | state[- ]of[- ]the[- ]art | cutting[- ]edge | bleeding[- ]edge | leading[- ]edge | world[- ]class | next[- ]gen(?:eration)?
  market[- ]leading | market leader | industry leader | battle[- ](?:tested|proven|hardened) | tried[- ]and[- ](?:true|tested) | time[- ]tested | widely (?:used|adopted|accepted|recommended) | future[- ]proof | enterprise[- ]grade
  (?:most|more) (?:popular|common|modern|advanced|widely used|proven|mature) | (?:popular|proven|modern|trendy|mainstream|latest|hottest|newest) (?:choice|option|stack|technolog(?:y|ies)|framework|tool|tools|platform|approach|solution|database|standard|language|architecture|way)s?
  (?:every(?:one|body)|every (?:serious |modern |big )?(?:company|team|startup|business)|most (?:companies|teams|people|startups|developers|businesses|projects|vendors|products|engineers)|(?:all|many) (?:the )?(?:big|large|leading|top|successful|modern|other) (?:\w+ )?(?:companies|players|firms|teams|startups|products|vendors)|(?:your|our|the) competitors(?: all)?|the (?:whole )?industry|the tech giants|the big players) (?:now |already |today |these days |has |have |all )*(?:use[sd]?|choose|chooses|chose|adopt(?:s|ed)?|prefer(?:s)?|relies|rely|runs?|mov(?:e[sd]?|ing)|went|goes|go|switch(?:es|ed)?|do|does|pick(?:s|ed)?|recommends?|builds?)
  (?:nobody|no one|hardly anyone) (?:still )?(?:uses?|builds?|writes?|runs?|chooses?|hosts?) | (?:modern|serious|good|great|professional|successful|mature) (?:apps?|products?|systems?|teams?|companies|software|websites?) (?:all |always |usually |now )*(?:has|have|uses?|are|do|does|needs?|run) | (?:outdated|old[- ]fashioned|obsolete|antiquated|dated|dinosaur) (?:\w+ ){0,2}(?:software|products?|process(?:es)?|technolog(?:y|ies)|stack|tools?|database|approach|framework|language|way|systems?|server|servers|architecture)
  (?:like|as|just like|the way) (?:google|netflix|amazon|facebook|meta|apple|uber|airbnb|spotify|stripe|microsoft|the big players)\b(?: do(?:es)?)? | (?:usual|obvious|natural|default|standard|safest|clear|logical|go-to) (?:choice|pick|answer|stack|solution|option|way to go|technology) | (?:go-to|no-brainer) | silver bullet | everyone is (?:using|moving|doing) | is the way to go | the right (?:tool|stack|technology|framework|database) for
`)

/** Verbs of taking something into use. */
export const adoptionVerbs = words(String.raw`
  us(?:e|ing) | adopt(?:ing)? | choos(?:e|ing) | pick(?:ing)? | select(?:ing)? | go(?:ing)? (?:with|for) | opt(?:ing)? for | stick(?:ing)? (?:with|to) | settl(?:e|ing) (?:on|for) | leverag(?:e|ing) | utili[sz](?:e|ing) | employ(?:ing)? | try(?:ing)?
  switch(?:ing)? to | mov(?:e|ing) (?:\w+ ){0,3}to | migrat(?:e|ing) (?:\w+ ){0,3}to | standardi[sz](?:e|ing) on | rely(?:ing)? on | bas(?:e|ing) (?:\w+ ){1,4}on | build(?:ing)? (?:\w+ ){0,4}(?:on|with|in|as|upon|around) | host(?:ing)? (?:\w+ ){0,4}(?:on|in|with|at) | deploy(?:ing)? (?:\w+ ){0,4}(?:on|to|in|with|as)
  run(?:ning)? (?:\w+ ){0,4}(?:on|in) | implement(?:ing)? | writ(?:e|ing) (?:\w+ ){0,4}in | add(?:ing)? | put(?:ting)? (?:\w+ ){0,4}(?:in|on|behind|into) | buy(?:ing)? | introduc(?:e|ing) | integrat(?:e|ing) (?:\w+ ){0,4}with | split(?:ting)? | cach(?:e|ing) (?:\w+ ){0,4}(?:in|with) | secur(?:e|ing) (?:\w+ ){0,4}with | wrap(?:ping)? (?:\w+ ){0,4}(?:in|with)
  make (?:it|this|the \w+|everything) | automat(?:e|ing) (?:\w+ ){0,4}with | start(?:ing)? with | expos(?:e|ing) (?:\w+ ){0,4}(?:as|over|through|via) | model(?:ling)? (?:\w+ ){0,4}as | handl(?:e|ing) (?:\w+ ){0,4}with | outsourc(?:e|ing) | containeri[sz](?:e|ing) | encrypt(?:ing)? (?:\w+ ){0,5}with
`)

/** Frames that put a solution forward instead of asking for one; the verb follows. */
export const suggestionFrames = words(String.raw`
  (?:should|shall|can|could|might|may|must) (?:we|you|i|the (?:team|project|developers|backend|frontend|server))(?: (?:just|simply|also|then|maybe|perhaps|not|all|rather|instead|therefore|now))*
  (?:should|shall)n't (?:we|you|the \w+)(?: (?:just|simply|also|rather))* | could(?:n't)? (?:we|you)(?: (?:just|simply|not))* | why (?:not|don't (?:we|you)|wouldn't (?:we|you)|can't (?:we|you))(?: (?:just|simply))* | how about | what about | what if (?:we|you)(?: (?:just|simply))* | let(?:'s| us)(?: (?:just|simply))*
  (?:do|would|will|did) you (?:want|like|prefer|plan|intend|consider|need|mean|mind|expect|care)(?: (?:us|me|the team|it|them|to|for))* | are (?:we|you) (?:going|planning|willing|ready|happy|open|ok|okay|fine|prepared)(?: (?:to|with|for))* | will (?:we|you)(?: (?:just|be|simply))* | (?:is|are) (?:it|you|we) (?:ok|okay|fine|acceptable|possible|best|better|enough|worth|sensible|time)(?: (?:if (?:we|you|the \w+)|to|for (?:us|you|the team) to|with))* | have you (?:considered|thought (?:about|of)|tried|looked (?:at|into)) | would(?:n't)? it (?:make sense|be (?:better|best|easier|good|possible|wise|enough|ok|okay|fine|simpler|cheaper))(?: (?:to|if (?:we|you)))* | (?:does|would) it make sense to | (?:isn't|wouldn't) (?:it )?(?:better|best|easier) to
`)

/** Ways of building something in, said of the product instead of those who build it. */
export const builtInFrames = words(String.raw`
  (?:should|shall|can|could|will|must|would) (?:the|your|our|this) (?:product|system|app|application|platform|service|site|website|tool|api|database)(?: (?:just|simply|also))* (?:use|adopt|rely on|be (?:built|written|hosted|deployed|implemented|coded|developed|based|split)(?: \w+){0,3}? (?:in|on|with|as|using|into|around))
`)

/** Products, languages and techniques that an answer may name and a question should not; no word of everyday is among them. */
export const technologies = words(String.raw`
  react(?:\.?js| native) | angular(?:js)? | vue(?:\.?js)? | sveltekit | next\.js | nuxt | jquery | swiftui | tailwind(?: css)? | redux | wordpress | drupal | shopify | salesforce
  node\.?js | deno | nest\.?js | django | fastapi | ruby on rails | laravel | symfony | spring boot | quarkus | asp\.net | typescript | javascript | kotlin | golang | elixir | haskell | cobol
  postgres(?:ql)? | mysql | mariadb | sqlite | sql server | mssql | mongo(?:db)? | dynamodb | couchdb | cockroachdb | redis | memcached | elasticsearch | opensearch | neo4j | firebase | firestore | supabase | bigquery | redshift | clickhouse | influxdb | timescale(?:db)? | nosql
  kafka | rabbitmq | activemq | mqtt | zeromq | hadoop | aws | amazon web services | ec2 | fargate | gcp | google cloud | heroku | vercel | netlify | cloudflare | digitalocean | openshift | vmware
  docker | kubernetes | k8s | terraform | ansible | jenkins | github actions | gitlab | circleci | nginx | haproxy | istio | graphql | grpc | protobuf | openid connect | auth0 | okta | keycloak | cognito
  microservices? | serverless | event[- ]sourcing | cqrs | service mesh | blockchain | chatgpt | openai | datadog | grafana | prometheus | splunk | opentelemetry | pagerduty | selenium | junit | pytest | paypal | twilio | sendgrid
`)

/** Names that are words of everyday, or parts of such, unless they are written like this. */
export const technologiesAsWritten = words(String.raw`
  React | Svelte | Flutter | Electron | Bootstrap | Express | Flask | Rails | Spring | Go | Rust | Python | Java | Ruby | PHP | Scala | Swift | C# | C\+\+ | \.NET | Oracle | Cassandra | Solr | Snowflake | Spark | Flink | NATS | SQS | S3 | Lambda
  Azure | Hetzner | Helm | Envoy | Apache | REST(?:ful)? | SOAP | WebSockets? | OAuth(?: ?2(?:\.0)?)? | OIDC | SAML | JWTs? | Active Directory | LDAP | Sentry | ELK | New Relic | Jaeger | Kibana | Cypress | Playwright | Jest | Cucumber | Stripe | Adyen | Slack | Jira | Zendesk | GPT(?:-\d)?
`)

/** What shows that something is not put forward but was there before: then a question may name it. */
export const attributions = words(String.raw`
  you (?:already |also |earlier |just )?(?:said|wrote|named|mentioned|chose|have chosen|picked|listed|described|told|asked|decided|noted|use|run|have|keep|rely) | the spec (?:\w+ )?(?:says|names|mentions|lists|asks|requires) | spec-\d+ | (?:already|currently|existing|today|at present|at the moment|now in place|in place) | current(?:ly)? | as (?:stated|written|described|agreed) | your (?:existing|current|present|old) | was chosen | were chosen | what made | led you to | (?:says|requires|demands) that
`)

/** Terms that not everyone in the room knows; each needs a word of explanation. */
export const jargonTerms = words(String.raw`
  idempoten(?:t|cy) | eventual(?:ly)? consisten(?:t|cy) | shard(?:s|ed|ing)? | quorum | back-?pressure | circuit breaker | canary(?: release)? | blue[-/]green | failover | hot standby | multi-?tenan(?:t|cy) | horizontal(?:ly)? scal(?:e|ing|able) | vertical(?:ly)? scal(?:e|ing) | throughput
  p9[05]|p99 | percentiles? | cardinality | denormali[sz](?:ed|ation) | foreign keys? | acid | orm | webhooks? | websockets? | web ?assembly | polyglot | bounded contexts? | domain[- ]driven | event[- ]sourcing | cqrs | crdts? | saga pattern | service mesh | side-?cars?
  oauth(?: ?2)? | saml | oidc | jwts? | rbac | abac | mtls | tls | csrf | xss | cors | zero[- ]trust | salting | hsm | kms | pii | phi | dpia | sox | soc ?2 | pci(?:[- ]dss)?
  rto | rpo | sla | slas | slo | slos | sli | slis | mttr | mtbf | apm | siem | cdn | dns | vpc | vpn | nat | iam | ssr | csr | spa | pwa | mvp | okrs? | kpis? | nps | roi | tco | saas | paas | iaas | etl | elt | olap | oltp | api gateway | ci/cd | iac | tdd | bdd | uat | wcag | aria | i18n | l10n | a11y | crud | dto | dag | kyc
  cold starts? | write amplification | fan-?out | long polling | rate limiting | feature flags? | smoke tests? | mutation testing | fuzz(?:ing)? | observability | telemetry
`)

/** The most words a question may have without a warning. */
export const questionWordsMax = 50
