import { failureKey, usernameOf } from "../auth/log-in.ts";
import { hashPassword, oneTimePassword } from "../auth/passwords.ts";
import { everyUser, makeAdministrator, resetPasswordOf } from "../store/installation.ts";
import { clearFailures } from "../store/log-ins.ts";
import { roleNames } from "../workflow/roles.ts";
import { type ExitStatus, parseCommandLine, print, Refusal } from "./program.ts";
import { requireDatabase, runStoreProgram } from "./store-program.ts";

/** `user` of `report.ts`: for whoever has the machine and cannot log in. In a process of its own, like `audit.ts`. */

const USAGE = `用法：npm run -s report -- user 命令 …

  user list                                          列出所有用户
  user create 用户名 --name 姓名 [--organisation 单位全称]   增加一个系统管理员；单位不写时为最上级的单位
  user reset 用户名                                   重设密码，同时解除锁定、恢复使用、关闭动态口令
  user unlock 用户名                                  解除输错密码后的锁定

系统正在运行时也可以使用。新密码只显示一次，第一次登录后必须更换。`;

const options = { name: { type: "string" }, organisation: { type: "string" } } as const;

async function run(): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine(options, USAGE);
  const [, command, operand = "", ...more] = positionals;
  const username = usernameOf(operand);
  if (more.length > 0 || (command === "list") !== (operand === "")) throw new Refusal(USAGE);
  await requireDatabase();
  switch (command) {
    case "list":
      return list();
    case "create":
      return create(username, values.name, values.organisation);
    case "reset":
      return reset(username);
    case "unlock":
      return unlock(username);
    default:
      throw new Refusal(USAGE);
  }
}

async function list(): Promise<ExitStatus> {
  for (const user of await everyUser()) {
    const roles = user.roles.map((role) => roleNames[role]).join("、") || "没有角色";
    print([user.username, user.name, user.organisation, roles, ...(user.isDisabled ? ["已停用"] : [])].join("\t"));
  }
  return 0;
}

async function create(username: string, name: string | undefined, organisation: string | undefined) {
  if (!name?.trim()) throw new Refusal("请用 --name 写明姓名。");
  const password = oneTimePassword();
  const made = await makeAdministrator({
    ...{ username, name: name.trim(), organisation },
    passwordHash: await hashPassword(password),
  });
  if (made === "taken") throw new Refusal(`用户名“${username}”已经有人使用。`);
  if (made === "absent") {
    throw new Refusal(
      organisation ? `没有“${organisation}”这个单位。` : "还没有单位，请先用启动时显示的地址完成首次设置。",
    );
  }
  return show(username, password);
}

async function reset(username: string): Promise<ExitStatus> {
  const password = oneTimePassword();
  if (!(await resetPasswordOf(username, await hashPassword(password)))) throw new Refusal(`没有用户“${username}”。`);
  await clearFailures(failureKey(username));
  return show(username, password);
}

async function unlock(username: string): Promise<ExitStatus> {
  if (!(await everyUser()).some((user) => user.username === username)) throw new Refusal(`没有用户“${username}”。`);
  await clearFailures(failureKey(username));
  print(`已解除“${username}”的锁定。`);
  return 0;
}

function show(username: string, password: string): ExitStatus {
  print(`用户名：${username}\n一次性密码：${password}\n第一次登录后必须更换。`);
  return 0;
}

await runStoreProgram(run);
