// The page's HTTP client; the browser's cookie says who asks.

import { createApi } from '../net/api.ts'

/** Requests to the server this page came from; each rejects with an ApiError. */
export const api = createApi({ url: location.origin })
