/** @type {import("next").NextConfig} */
export default {
  agentRules: false,
  images: { unoptimized: true },
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  serverExternalPackages: ["@react-pdf/renderer", "docx", "pg"],
  turbopack: { root: import.meta.dirname },
};
