// Which of the configured models works for a project: the server's usual one, another that an owner chose, or none.

import type { ProjectId, UserId } from '../../shared/ids.ts'
import { AppError } from '../../shared/errors.ts'
import { builtInModel, type ProjectModel } from '../../shared/wire/project-model.ts'
import type { Audit } from '../audit/audit.ts'
import type { ModelClient } from '../llm/model-client.ts'
import type { Models } from '../llm/models.ts'
import type { ProjectModelsStore } from '../store/project-models-store.ts'

export interface ProjectModelsOptions {
  models: Models
  store: ProjectModelsStore
  audit: Pick<Audit, 'record'>
}

/** Callers have checked the right. Errors of all: store_unavailable, overloaded. */
export class ProjectModels {
  readonly #options: ProjectModelsOptions

  constructor(options: ProjectModelsOptions) {
    this.#options = options
  }

  /** Undefined where the built-in interviewer does all. */
  async of(projectId: ProjectId): Promise<ModelClient | undefined> {
    const { models, store } = this.#options
    // Without a choice there is nothing to read.
    if (models.names.length === 0) return undefined
    return this.#used(await store.read(projectId))
  }

  async read(projectId: ProjectId): Promise<ProjectModel> {
    const { models, store } = this.#options
    const chosen = await store.read(projectId)
    const all = models.names.flatMap((name) => models.of(name)?.settings ?? []).map(({ name, provider }) => ({ name, provider }))
    return { model: this.#used(chosen)?.name ?? builtInModel, chosen, models: [...all, { name: builtInModel, provider: builtInModel }] }
  }

  /** From the next question on. Errors: model_not_found. */
  async choose(projectId: ProjectId, model: string | null, userId: UserId): Promise<ProjectModel> {
    const { models, store, audit } = this.#options
    if (model !== null && model !== builtInModel && !models.of(model)) throw new AppError('model_not_found')
    await (model === null ? store.drop(projectId) : store.choose(projectId, model))
    const now = await this.read(projectId)
    await audit.record({ kind: 'project.model_changed', actorId: userId, projectId, details: { model: now.model } })
    return now
  }

  /** One that is not configured any more is as good as none chosen. */
  #used(chosen: string | null): ModelClient | undefined {
    const { models } = this.#options
    if (chosen === builtInModel) return undefined
    return (chosen === null ? undefined : models.of(chosen)) ?? models.usual
  }
}
