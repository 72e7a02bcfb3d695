import { productName } from "@/app/product.ts";
import { openHandler } from "@/lib/auth/handler.ts";
import { NONCE } from "@/lib/env.ts";

/** For browsers that cannot show the other pages: no script, nothing to load. */
const page = (nonce: string) => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>请换一个浏览器 - ${productName}</title>
    <style nonce="${nonce}">
      body {
        max-width: 720px;
        margin: 0 auto;
        padding: 32px 24px;
        color: #1f2933;
        background: #ffffff;
        font-family: "Microsoft YaHei", "PingFang SC", SimSun, sans-serif;
        font-size: 18px;
        line-height: 1.7;
      }

      h1 {
        font-size: 26px;
        line-height: 1.4;
      }

      h2 {
        font-size: 21px;
      }

      li {
        margin: 6px 0;
      }

      a {
        color: #1a5fb4;
      }

      .notice {
        padding: 8px 14px;
        border: 1px solid #b3261e;
        color: #b3261e;
      }
    </style>
  </head>
  <body>
    <main>
      <h1>请换一个浏览器打开本系统</h1>
      <p>现在用的浏览器版本过低，或者停用了脚本，年度报告不能填写和保存。已经保存的内容都在，不受影响。</p>
      <h2>怎么办</h2>
      <ol>
        <li>用 360 安全浏览器、360 极速浏览器、奇安信浏览器的，点地址栏右边的“e”形或闪电形图标，切换到<strong>极速模式</strong>。</li>
        <li>用 IE 浏览器的，请改用 Edge、Chrome（109 以上版本）、Firefox（115 以上版本）或上面浏览器的最新版本。Windows 7 电脑可用 Chrome、Edge 109。</li>
        <li>浏览器停用了脚本的，请在浏览器设置中允许本网站运行 JavaScript。</li>
        <li>电脑上没有这些浏览器，或者不能自行安装的，请联系本单位的系统管理员。</li>
      </ol>
      <p><a href="/">已经换好了，打开本系统</a></p>
      <p class="notice">严禁处理、传输国家秘密</p>
    </main>
  </body>
</html>
`;

/** Says which browser to take. */
export const GET = openHandler(
  "GET /unsupported.html",
  {},
  async ({ request }) =>
    new Response(page(request.headers.get(NONCE) ?? ""), { headers: { "content-type": "text/html; charset=utf-8" } }),
);
