// The categories of a spec: how many items each should have, and the headings that name it.

interface CategoryRow {
  /** How many items make the category whole; null when it counts towards conflicts but not towards maturity. */
  readonly target: number | null
  /** Headings that name it, in lower case without generic words ("requirements", "strategy"), which are taken off before they are compared. */
  readonly headings: readonly string[]
}

const names = (list: string): readonly string[] => list.trim().split(/,\s+/)

/** Every category by its key, in the order in which a spec names them. */
export const categories = {
  goals: {
    target: 10,
    headings: names(`
      goal, goals, objective, objectives, purpose, vision, mission, overview, summary, executive summary, introduction,
      success criteria, success metrics, measurable outcomes, motivation, problem, problem statement, background, scope,
      product goals, business goals, key results, okrs, north star, value proposition, outcomes, why`),
  },
  requirements: {
    target: 15,
    headings: names(`
      requirements, functional, non-functional, nonfunctional, features, feature list, capabilities, functionality,
      user stories, user story, user scenarios, use cases, scenarios, acceptance, acceptance criteria, acceptance scenarios,
      definition of done, edge cases, business rules, stories, epics, must have, should have, could have, nice to have,
      in scope, mvp, behavior, behaviour, usability, accessibility, user interface, ui, ux, user experience, api`),
  },
  tech_stack: {
    target: 12,
    headings: names(`
      tech stack, technology stack, technical stack, technology, technologies, architecture, system architecture,
      technical architecture, software architecture, stack, platform, platforms, frameworks, libraries, tooling, tools,
      frontend, backend, database, programming languages, technical, technical context, integrations, third-party services`),
  },
  scalability: {
    target: 8,
    headings: names(`scalability, scale, scaling, capacity, load, throughput, growth, elasticity, concurrency, volume`),
  },
  security: {
    target: 10,
    headings: names(`
      security, privacy, data privacy, data protection, authentication, authorization, authorisation, auth, compliance,
      regulatory compliance, access control, role-based access control, rbac, permissions, encryption, data security, gdpr,
      identity, threat model, secrets`),
  },
  performance: {
    target: 8,
    headings: names(`
      performance, latency, speed, response time, response times, efficiency, slo, slos, service levels,
      service level objectives`),
  },
  testing: {
    target: 8,
    headings: names(`
      testing, test, tests, how to test, quality, qa, quality assurance, verification, validation, verification and validation,
      unit tests, unit testing, integration tests, integration testing, e2e tests, end-to-end tests, test cases,
      acceptance tests, acceptance testing, test coverage`),
  },
  monitoring: {
    target: 6,
    headings: names(`
      monitoring, observability, logging, logs, alerting, alerts, metrics, operations, tracing, telemetry, audit logging,
      troubleshooting, support`),
  },
  data_retention: {
    target: 5,
    headings: names(`
      data retention, retention, storage, data storage, backup, backups, data, data management, data lifecycle, archiving,
      data model, data deletion, persistence`),
  },
  disaster_recovery: {
    target: 8,
    headings: names(`
      disaster recovery, availability, high availability, business continuity, failover, recovery, backup and recovery,
      resilience, reliability, fault tolerance, uptime, redundancy`),
  },
  users: {
    target: null,
    headings: names(`
      users, user, personas, user personas, actors, stakeholders, roles, user roles, audience, target audience, target users,
      customers`),
  },
  timeline: {
    target: null,
    headings: names(`
      timeline, schedule, milestones, roadmap, deadlines, phases, delivery, release schedule, project phases, sprints,
      graduation`),
  },
  budget: { target: null, headings: names(`budget, cost, costs, pricing, funding, financials, money`) },
  team: {
    target: null,
    headings: names(
      `team, staffing, resources, people, roles and responsibilities, responsibilities, organization, organisation, ownership`,
    ),
  },
  constraints: {
    target: null,
    headings: names(`
      constraints, assumptions, dependencies, limitations, limits, risks, caveats, notes/constraints/caveats,
      assumptions and constraints, drawbacks, prerequisites`),
  },
  deployment: {
    target: null,
    headings: names(`
      deployment, rollout, rollback, infrastructure, hosting, release, releases, environments, ci/cd, upgrade, downgrade,
      migration, installation, configuration, devops`),
  },
  out_of_scope: {
    target: null,
    headings: names(`
      out of scope, out-of-scope, non-goals, nongoals, non goals, not in scope, exclusions, excluded, will not have,
      won't have, future work, later`),
  },
} as const satisfies Record<string, CategoryRow>

/** The name of a category, as items, questions and scores carry it. */
export type CategoryKey = keyof typeof categories

/** All categories, in the order of the table. */
export const categoryKeys = Object.keys(categories) as CategoryKey[]

/** What an item belongs to when no heading above it says anything. */
export const fallbackCategory: CategoryKey = 'requirements'

/** How many items make `category` whole; null when it does not count towards maturity. */
export const targetOf = (category: CategoryKey): number | null => categories[category].target

/** The category's name for people, which is also a heading that names it: `Data retention`. */
export const categoryName = (category: CategoryKey): string =>
  `${category.slice(0, 1).toUpperCase()}${category.slice(1).replaceAll('_', ' ')}`
