// Leads an account through its life, with openapi-fetch and the types that
// openapi-typescript made from docs/openapi.yaml: see .ci/clients. The compiler
// refuses a body, a member or an error code that the document does not have.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };
const api = createClient<paths>({ baseUrl: process.argv[2] });

const password = "12341234";
const newPassword = "violet anvils sing 7";
let access = "";
let refresh = ""; // a browser would keep the cookie by itself

function must(ok: boolean, what: string) {
  if (!ok) throw new Error(`not so: ${what}`);
  console.log(`  ${what}`);
}

const bearer = () => ({ headers: { Authorization: `Bearer ${access}` } });

function keep(token: string, response: Response) {
  const all = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  const cookie = all.find((pair) => pair.startsWith("refresh=")) ?? "";
  must(cookie !== "", "the refresh token is in a cookie");
  must(cookie !== refresh, "the refresh token is a new one");
  [access, refresh] = [token, cookie];
}

async function signUp() {
  const body = { username: "JIN HO", password, nickname: "Mentos" };
  const { data } = await api.POST("/signup", { body });
  must(data?.roles[0].role === "USER", "sign up");
  const taken = await api.POST("/signup", { body });
  must(taken.response.status === 409 && taken.error?.code === "USER_ALREADY_EXISTS", "409: the name is taken");
  const invalid = await api.POST("/signup", { body: { ...body, username: "JIN  HO" } });
  must(invalid.error?.code === "VALIDATION_FAILED", "400: a field is wrong");
  must(invalid.error?.errors?.[0].field === "username", "the problem names the field");
}

async function logIn(secret: string) {
  const wrong = await api.POST("/login", { body: { username: "JIN HO", password: "43214321" } });
  must(wrong.response.status === 401 && wrong.error?.code === "INVALID_CREDENTIALS", "401: the password is wrong");
  const { data, response } = await api.POST("/login", { body: { username: "JIN HO", password: secret } });
  must(data !== undefined, "log in");
  keep(data!.token, response);
}

async function use() {
  const me = await api.GET("/me", bearer());
  must(me.data?.nickname === "Mentos", "me");
  const list = await api.GET("/me/sessions", bearer());
  must(list.data?.sessions.length === 1 && list.data.sessions[0].current, "sessions");
  const { data, response } = await api.POST("/refresh", { headers: { Cookie: refresh } });
  must(data !== undefined, "refresh");
  keep(data!.token, response);
  const body = { currentPassword: password, newPassword };
  const changed = await api.PUT("/me/password", { body, headers: { ...bearer().headers, Cookie: refresh } });
  must(changed.response.status === 204, "change the password");
  keep(access, changed.response);
  const others = await api.DELETE("/me/sessions", bearer());
  must(others.response.status === 204, "log out everywhere else");
  const nobodys = await api.DELETE("/me/sessions/{id}", { params: { path: { id: "NOSUCH" } }, ...bearer() });
  must(nobodys.error?.code === "NOT_FOUND", "404: nobody has this session");
}

async function leave() {
  const out = await api.POST("/logout", bearer());
  must(out.response.status === 204, "log out");
  const ended = await api.GET("/me", bearer());
  must(ended.error?.code === "INVALID_TOKEN", "401: the session is over");
  await logIn(newPassword);
  const gone = await api.DELETE("/me", { body: { currentPassword: newPassword }, ...bearer() });
  must(gone.response.status === 204, "delete the account");
}

await signUp();
await logIn(password);
await use();
await leave();
