/**
 * More pages written for the tests of their reader, one for each way that was learnt from where it had failed: what obeys a visitor in
 * roundabout ways, what is doubtful whoever decides, and ordinary pages next to them. Stored as those of `pages.fixture.ts`.
 */
import type { Capability } from './page-facts.ts';
import type { BackDoorPage } from './pages.fixture.ts';

export const roundabout: readonly BackDoorPage[] = [
  {
    name: 'machine-key.aspx',
    capability: 'shows-secrets',
    parameter: null,
    text: '=ogP0BXayN2cvwjC9pwOpkXZL52bpRXYklGbhZlLzlXZrhSZ0lmcX5SZz52bwNXZSByOpISeltUZulGajFWbvIWZ35SblR3c5NnIo42bpR3YlNFdldkLyV2Zh5WYN52bpRXYyV3ZpZmbvNkYldlLu9Wa0Fmc1dWam52bD5iYldlLtVGdzl3Up42bpR3YlNVeltUZulGajFWTu42bpRXYyV3ZpZmbvNkLiV2Vu0WZ0NXeThCI9Ayc5V2agIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'interface.svc',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=0HI9ByOiICIuJXd0VmcgsTKjByKgICIj9iIgwiIk12YigCdyFGdT5yczV2YvJHUuM3YpR3cv52ZhlGRu0WZ0NXeTByegkyYgcmbpJHdzhib1JFIn5WayR3cgMWasJWdwByegkEI6AyUgM3chx2YgMWasJWdwpQfgsTKjByZulmc0NHKuVnUgcmbpJHdzBSX0NWYyRnbvNkbvlGdhJXZw90WgsHIJBSZjFmZyVGdulGIjlGbiVHcg0FdjFmc052bDV2YpZnclN1WKsDblR2bNV2YpZnclNlLtVGdzl3UgcmbpNXdK4TJgIyUi0TZjlmdyV2UgIyIDJSPldWY1dmbhxEI0N3bIV2YpZnclNFIAVCP',
  },
  {
    name: 'jscript-method.asmx',
    capability: 'runs-code',
    parameter: 'k',
    text: '=0HI9ByOpISZmF2cuVnIgwyaowWY2VGIuJXd0VmcgsHIn5WayR3UgoDIpcmbpJHdTBiOgsGKvdEIu9Wa0Nmb1ZGIlRXdilmc0RXQk9Ga0VWTiV2VgsHIlNWa2JXZTJWZXByck5WZ0hXZgMFIzNXYsNGIjlGbiVHcKszclNWa2JXZT5iYldlLtVGdzl3UgQncvBXbppgPlAiITJSPzNXYsNGIiQHcpJ3YTpkI9U2ZhV3ZuFGTgU2YpZnclNlYldFIAVCP',
  },
  {
    name: 'fetched-assembly.aspx',
    capability: 'loads-code',
    parameter: null,
    text: 'K4DdwlmcjN3L8oQfKsTKiIlIoU2YuFGdz5WSlRXYlJ3QuEGI7kSKiE2L34iMuAjLykTMv8iOwRHdoJCKhRXYERWYvxmb39GRuQnbllGbjhCZh9GTukHbi1WZzNXQu42bpR3YlxmZlJlLtVGdzl3Ug0DIhBichZHI7kCK05WZpx2QiV2VuQXZO5SblR3c5NFI3Vmbg0DI05WZpx2YgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'fetched-page.aspx',
    capability: 'writes-files',
    parameter: null,
    text: '==gC+QHcpJ3Yz9CPK0nC7kiYgwSKigHczFmLiJCKoRXYQBXYN5iclZnclNFKzVGd5JEbsFUZ0lmcX5SZslmRu8USu0WZ0NXeTByOpICd4RnLh9yNuIjLw4iM5EzLvoDc0RHaigSY0FGRkF2bs52dvRkL05WZpx2Yg0DIiBSXbVGd5JGI7kCK05WZpx2QiV2VuQXZO5SblR3c5NFI3Vmbg0DI05WZpx2YgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'body-to-page.ashx',
    capability: 'writes-files',
    parameter: null,
    text: '=0HI9BSfgsTZ1JHdg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI9ByOpIGIskiI4B3ch5CeigCa0FGUwFWTuIXZ2JXZT5yYoQHelRFbsFUZ0lmcX5SZslmRgsTKoQmbF9GVkFWZS5SKtFWZyR3U0VHculkL0NXZ1FXZS5yYoIXZkFWZS1WYlJHdTBydl5GI9AiYgcmbpJHdzByegkyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcgsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC78USu0WZ0NXeTByZul2c1tjYldlLtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'from-where-to-where.ashx',
    capability: 'writes-files',
    parameter: 'u',
    text: '=0HI9BSfgsTZ1JHdg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI9ByOp0lIwJyW0NXZ1FXZS5yYgwSXiUnIbR3clVXclJlLjhSZslmRkF2bs52dvRkLpgCduVWasNkYldlL0VmTu0WZ0NXeTBydl5GI7BSKjBCd4VGdu92QwRHdIhCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwByegIXZsRmbhhEc0RHSJBiOggEIzNXYsNGIjlGbiVHcKsjYldlLtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'reference.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4DdwlmcjN3L8oQfgsTXiMmIbR3clVXclJFI9Ayb05WagsHIp8GdulGIn5WayR3cgYWZyhSZrFGVgQWavZnC9ByOpEGIrAiIgM2LiACLiUGel5CZtNmIoQnchR3UuM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3UgsTKhBiZlJHKltWYUByOiICI9ASYgcmbpJHdzByegkCKkF2bM9VZnFGUgQWavZnC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'parse-control.aspx',
    capability: 'runs-code',
    parameter: 'x',
    text: '=ogP0BXayN2cvwjC9pwOpkSXignIbR3clVXclJFKs9mc052bDV2cyFGUoQGZB5ycs9mc052bDpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'unset-in-name.asp',
    capability: 'writes-files',
    parameter: 'd',
    text: '==gPlASZz9GbD5iZKkiIkJCK0NXZ1FXZSBSZ0lmcX5iZKkSZ1JHVgwSKiAnIoQ3clVXclJFKlxWaGRHelRVZ0FWZyNkLvNnZg0DImBCdlNlCpICdjVmai9UblR3c5NVZslmRucmbpRnImgXauZiIwlmcjNlIoQ3YlpmYPVGdhVmcD5iclZnclNFI9AybzZGI0V2UgUCP',
  },
  {
    name: 'blank-of-a-blog.asp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+UCIpIyYigCdzVWdxVmUgKsb1JlL3BqwKkiIsxWZoNlL0BXayN2UXJCK0NWZqJ2TlRXYlJ3QgKcPgK8dgKMdlNFoCXCP',
  },
  {
    name: 'answer-to-page.asp',
    capability: 'writes-files',
    parameter: null,
    text: '=4TJgIDIskiIwNXYuEmIogGdhBFch1kLyVmdyV2UgUGbpZ0bUVmdhNlLzpQek9mQlNnbvB3clJnL4BSZ0lmcX5ycK4WZw9kLzpQKi0WYlJHdT5iQE9ERBJCK0NWZqJ2TlRXYlJ3Qg0DIzBCdlNlCk5WZT5CeKU2csFmRgwiIh9yNuIjLw4iM5EzLvoDc0RHaiACLiQVRHJCIuVGcP5CeKkiIQRFVIxUTY5iMM1EWT1kIoQ3YlpmYPVGdhVmcDBSPggHI0V2UgUCP',
  },
  {
    name: 'round-quotes.aspx',
    capability: 'runs-code',
    parameter: 'q',
    text: '=4TJgsTKdCo4lZWYz5WdcCo4gwSXdCo4xxJgivFdzVWdxVmUowWY2VGIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'open-comment.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4zPgsTKdJyYisFVFd0XkgSblR3c5NHI/wjC+8jCkV2cvx2YgIXZ2VmbgoyLgAHaw9DP',
  },
  {
    name: 'reference.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgiZkAyOpYGJoc3bydGI7IiclN3chJCI9AiZkASfgsjI0JCIuASZtFmbkASPgUWbh5GJgsHIpUWbh5GJmgydvJ3Zg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'any-variable.php',
    capability: 'executes-commands',
    parameter: null,
    text: '=sTKsxWZoNHJo0WZ0NXezBSfgsTXl1WYuRyWUN1TQ9FJg0DIl1WYuRCJgkSKdVWbh5GJbR1UPB1XkgCdlN3cphCImlGI7BSKl1WYuRCIzFGIpIiYiACLiEmIokXYyJXYoACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'appended-names.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '==wOp0lIjJyWUN1TQ9FJo0FMb5GJgsjIyh2YiASPg01WuRCI7ICdyV2ciAiLgIychJCI9ASXb5GJgAHaw9DP',
  },
  {
    name: 'counted-letters.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '=sTKdJyYisFVT9EUfRCKmRCI7ICdyV2czJCIuASYkASPgYGJgsTXiIyKb9FJg0DIhRCI7IiIg4CIfRCI9AyXkAyOrsSXfRyKb9FJgsjIiASPg8FJgAHaw9DP',
  },
  {
    name: 'name-of-a-name.php',
    capability: 'runs-code',
    parameter: 'HTTP_X_Q',
    text: '7kiI4JCIs0lIR9FWfBFVUhkIbJVRWJVRT9FJgwiIl9iLvICIsISZjFGbwVmciAiLgIyXnVmcwJCKjRCI7IyYuVnZfJCIuAiIyV2c19FbsF2YiASPgMGJgAHaw9DP',
  },
  {
    name: 'list-method.php',
    capability: 'runs-code',
    parameter: 'p',
    text: '7kiI0JXZzNXYigCdy92crVnPtEGJgsTKpIDI+0DIdJCcisFVTVUVRVkUfRCIsEDI+0DIignIokXYyJXYoQ3YlpmYPlXYyJXQgcXZuBSPgEGJgAHaw9DP',
  },
  {
    name: 'database-function.php',
    capability: 'runs-code',
    parameter: 'e',
    text: '7kSMgwSXiUmIbR1UFVVUFJ1XkACLiYmIo42bpR3YuVnRlRXYlJ3QlRXasF3c+0CZkAyOpIiYk5SY6UGdpxWczJCKPREUgcXZuBSPgQGJgAHaw9DP',
  },
  {
    name: 'copied-page.php',
    capability: 'writes-files',
    parameter: null,
    text: '==wOpICcoBnLiJCIsICd4RnLh9yNuIjLw4iM5EzLvoDc0RHaigSew92YgAHaw9DP',
  },
  {
    name: 'database-writes.php',
    capability: 'queries-databases',
    parameter: 'h',
    text: '7kyckgSeyVWdx9FbxNXetByOicSYvc3d39ichZ3LnASZslmZ0V3bg8GdulGInICIuASXiEnIbR1UPB1XkAiLgIyJgQ3YlxWZzJCI9AyckAyOpICciACLiUnIgwSXigmIbR1UPB1XkgCdjVmbu92YfxWczlXbgAHaw9DP',
  },
  {
    name: 'carried.jsp',
    capability: 'writes-files',
    parameter: null,
    text: '==gPlASfgsTKpgyclRXeCRXZn5SZnFGcoUGdpJ3dukiZo0WYlJHdTRXdwRXdPVGbpZkLvlmLhZXYqBydl5GI7BibvlGdwV2Y4VEIzd3byhGdgkiZgUGbpZkLvlmLhZXYqhCd1BHIkl2b2ByOi4jIgsCIiUyOpkiIcNmIchiclRXZtFmchBFdldmL0NXZ1FXZyhyYlhXZukCKl1Wa05WdSRXZn5SZtlGduVnUlwjIg0DIldWYwByZulmc0NFIhUCP',
  },
  {
    name: 'blank-directive.ashx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=0HI9BSfgsTZ1JHdg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI9ByOp0lIjJyW0NXZ1FXZS5CegsCIiAyYvICIsISZ4VmLk12YigCdyFGdT5yczV2YvJHUuM3YpR3cv52ZhlGRu0WZ0NXeTByegkCegQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcgsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazVnC+UCIigkI9M3chx2YgIyIDJSPldWY1dmbhxGIyVGbk5WYoJWZ3BCQgUCP',
  },
  {
    name: 'inherited.asmx',
    capability: 'executes-commands',
    parameter: 'a',
    text: '==Qfg0HI7IiIg4mc1RXZyByOpgCdyFGdT5CcgsTag0DIvZmbJRnchR3UuAHI7kCKQBydl5GI9ACcgM3clN2byBFI7kiYgwSYo8mZulEdyFGdTN3clN2byBFI3Vmbg0DIpBybm5WS0JXY0N1czV2YvJHUgsHIpIGIn5WayR3cgwSYgcmbpJHdzhybHByZulmc0NHIjlGbiVHcg0FZvhGdl1kYld1WgsHIlNWa2JXZTJWZXBiOgMFIzNXYsNGIjlGbiVHcK0HI7ByczV2YvJHUgoDIQByczFGbjByYpxmY1BnC7MXZjlmdyV2UuIWZX5SblR3c5NFIn5WazV3OzNWa0N3budWYpRkLtVGdzl3UgcmbpNXdK4TJgIyUi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgU2YpZnclNlYldFIAVCP',
  },
  {
    name: 'round-attributes.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4DdwlmcjN3L8oQfgsTKd1JgiPGnAK+W0NXZ1FXZSBCLdCo4lhXZuQWbjxJgijCdyFGdT5yczV2YvJHUuM3YpR3cv52ZhlGRu0WZ0NXeTByegkCKkF2bM9VZnFGUgQWavZnC+0JgiLXZ2JXZz1Jgi3Ddh5WdyBCdwlmcjNHPK4TJg0JgiPyQdCo49U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
];

export const doubtful: readonly { readonly name: string; readonly capability: Capability; readonly text: string }[] = [
  {
    name: 'makes-a-page.ashx',
    capability: 'writes-files',
    text: '=0HI9BSfgsTZ1JHdg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI9ByOpgSZz9GbD5ydgsTKignIoUGdpJ3VucHI7kSKigHczFmLhJCKoRXYQBXYN5iclZnclNlLjhCd4VGVlRXYlJ3QuUGbpZEI9AydgIXZ0lmcX1WYlJHdTByegkyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcgsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC78USu0WZ0NXeTByZul2c1tjYldlLtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'logger.jsp',
    capability: 'writes-files',
    text: '==gPlAyOpIHKoNXasJWdw5CagsTKlVnc0BCLpIiZigiclRXZtFmchBFdldmL0NXZ1FXZyhiclxGZuFGSlxWaG5yZul2Zn9GbuwWa0VnLhZXYqBydl5GI9ACagIXZsRmbhhUZslmRucmbpd2ZvxmLslGd15SY2FmagUCP',
  },
  {
    name: 'drives.aspx',
    capability: 'shows-secrets',
    text: '=ogP0BXayN2cvwjC9pwOpUWbh5kLkhSZ0lmcX5SZz52bwNXZSBSKpgyclZXayREdldkLvZmbJVmdpJHRu8USu0WZ0NXeTBibpBCZgIXY2hCIoNWYlJ3bmpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'sites.aspx',
    capability: 'shows-secrets',
    text: '=ogP0BXayN2cvwjC9pwOpUWbh5kLjhSZ0lmcX5SZz52bwNXZSBSKuVmckxWaoNkLyBibpByYgknc05WR5J3b0NWZylGRuMXZjlmdyV2U5J3b0NWZylGRu0WZ0NXeThCIoNWYlJ3bmByOpIyQWN1MX9Cdz9GasF2Yvx2LvozUJlkIoknc05WR5J3b0NWZylGRuMXZjlmdyV2U5J3b0NWZylGRu0WZ0NXeTBydl5GI9AicgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'accounts.aspx',
    capability: 'makes-accounts',
    text: '==gC+QHcpJ3Yz9CPK0nC7kCKzV2ZuFGaDRXat12bD5SdgsTKiIXZzVnIgwiI4JCKkRWQu4WZyRGbph2Qu0GI9ASdgIXY2ByOpIiclRXdw12bjxiIgsCIl1WYOVmbph2Yh1kL05WZt52bylmduVEIrAiIv8iOU5kbpdlIoknc05WR5J3b0NWZylGRuMXZjlmdyV2U5J3b0NWZylGRu0WZ0NXeTBydl5GI9ASbgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'native.aspx',
    capability: 'loads-code',
    text: '=4DdwlmcjN3L80HI7kSKoQnb192QrNWaURXZHhSZ0lmcX5SZz52bwNXZSByegkCKkF2bM9VZnFGUgQWavZnC7kCK05WdvN0ajlGV0V2RgQnbpBibyVGd4VGIjlGdhR3cg0VKiwGbk5iMzwWZuJXZrJCK0J3bw1WSsxGRuMXZjlmdyV2Uw9mclRnbJ5SZtlGduVnUu0WZ0NXeTtlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'lib.aspx',
    capability: 'loads-code',
    text: '==gP0BXayN2cvwjCiV3UgQmbFpQKpgCduV3bDt2YpRFdldEKlRXaydlLlNnbvB3clJlCpgCZh9GTfV2ZhBFIiV3UKcmbvxEIzFEIpgCIiIzMsVmbyV2aiAiYpxEI05WdvN0ajlGV0V2Rg42bpR3YuVnRgUmchx2YlRkC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'listener.aspx',
    capability: 'proxies-traffic',
    text: '==gC+QHcpJ3Yz9CPK0nC7kCK0hXZ052bDRXZH5Cbg0DIjBichZHI7kCK0JXY0NlLsByOpgicl5WZ0NXaMBHd0hkL0VmTu0WZ0NXeTBydl5GI9ACbgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'provider.aspx',
    capability: 'loads-code',
    text: 'K4DdwlmcjN3L8oQfKsTKpgCUgcXZuhiclRWa29mcQhGdhBFbhVHdylmVyVGdzl2ZlJlL05WZt52bylmduV0ZulGdz9GSucmbpR3cvhkLiV2Vu0WZ0NXeTpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'source.aspx',
    capability: 'queries-databases',
    text: '==gP0BXayN2cvwTfgsDd4VGVuEHI9ACZuFWbt92Q0NWZsV2UuMHZgsHIpUGIzdmcBRnblZXRgwycgQ3YlpmYvhybHBCZp9mdK4jIyVmdyV2ci0Ddh5WdyBCdwlmcjNHP+0mcvZ2L84zLiIXZ2JXZzJSP0Fmb1JHIiMHZi0DZpBSZjJXdvNVY0FGRsF3U6A3chxjPvIiclZnclNnI9QXYuVncgISci0DZpBCevJEd4VGV6A3chxjPiIXZ2JXZzJSP0Fmb1JHItJ3bmxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'all-columns.aspx',
    capability: 'queries-databases',
    text: 'K4DdwlmcjN3L8oQfKsTKdl2WdBzWzd3bS5CdoUGdpJ3VuU2cu9GczVmUgkyKrkGI7Qnb192QuMnbtVHbvNkL0BCPgkGI7ADI9ASagQnbphCIy9mZgsTK0hCbslmRukyYgwiIhBSTPJlRgoCIUNURMV0UigiclRHchRWQhRXYExWcT5CduVWasNEbxNlLhRXYE5SblR3c5NFI3VmbgsTKoUGbiFGVhRXYE5SY0FGRu0WZ0NXeTBydl5GI9ACdgIXY2ByOpIiY9Q2dQtTY9QWaVtTOuIjLw4iM5ETPyVmdyV2UigibvlGdjVmbu92QsF3UuQnbllGbDxWcT5SY0FGRu0WZ0NXeTBydl5GI9AyYgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'strings.aspx',
    capability: 'shows-secrets',
    text: '==gC+QHcpJ3Yz9CPK0nC7kyYoUGdpJ3VuU2cu9GczVmUgkycn5WayR3Uu9Wa0NWZu52bD5icldWYuFWTu9Wa0Fmc1dWam52bD5ibvlGdhJXdnlmZu92Qu0WZ0NXeTBibpByYgIXY2hCIoNWYlJ3bmpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'configuration.aspx',
    capability: 'reads-files',
    text: 'K4DdwlmcjN3L8oQfKsTKpkiInlmZu92YuIWZ39ifigCa0FGUwFWTuIXZ2JXZThCd4VGVsxWQkFWZS5SZslmRu8USu0WZ0NXeThSZ0lmcX5SZz52bwNXZSpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'spread.aspx',
    capability: 'writes-files',
    text: 'K4DdwlmcjN3L8oQfK0HI7kiI+8Cc8ICIrACdgwiZoQHelRFbsFUZ0lmcX5SZslmRu8USu0WZ0NXeTByOpYGK0hXZUxGbBRWYlJlLlxWaG5yTJ5SblR3c5NFI9ACdgcmbpJHdzByegkSKiwWb0hmLqICIsICdv9mc3d3dcxlY1BHdl5WacxlOjJCKzVGbpZEdldkL5J3b0NWZylGRu8USu0WZ0NXeTBibpBiZgIXY2hCIoNWYlJ3bmpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'types.aspx',
    capability: 'deserialises',
    text: '=ogP0BXayN2cvwjC9pwOp0HIsxWQucmbpxGZuFGSl1WYOVGc5RFI9AyZulGbk5WYIVWbh5UZwlHVgsHIzdmbpRHdlNlclpXasFWayV2Uu92cKBydl5GIs0lI4JyW0NXZ1FXZShCdjVmai9UZ6lGbhlmclNXZE5CdyVmdu92Qu92cK5ibvNnSuQnZvNnbvR3dl5EI9AybgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'mail.aspx',
    capability: 'sends-mail',
    text: '==gC+QHcpJ3Yz9CPK0nC7kSKiImIgwiIzJCIs0lI0JyW0NXZ1FXZSBCLiUGbw1WY4VmLiBUYigSZnF2czVWTslWYN5CbpFWTuQXZO5SblR3c5NFI3VmboQmblNlLpICdz9GasF2YvxmIoQnbllGbDBHdtNlLslWYN5Cdl5kLtVGdzl3UgcXZupwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'library.aspx',
    capability: 'runs-code',
    text: '==gP0BXayN2cvwjC7kiIyIWMhJCKy92bE5icl5mbJ5iMn5WaoRFI3Vmbg0DIkBicv9GRuIXZu5WSuIzZulGaUpgPiIXZ2JXZzJSP0Fmb1JHIiMyQi0TZnFWdn5WYsBCdwlmcjNHP',
  },
  {
    name: 'variables.asp',
    capability: 'shows-secrets',
    text: '==gPlACd4VmTKkCeoMXZsJWYpJXYWJXZ2JXZT5CdzVWdxVmUgYCI4BSZ0lmcX5SZz52bwNXZSpwclxmYhlmchZlclZnclNlL0NXZ1FXZSBibJBCegg2YhVEIy9mRgUCP',
  },
  {
    name: 'people.asp',
    capability: 'shows-secrets',
    text: '==gPlACd4VmTKUWbh5kL1BSZ0lmcX5SZz52bwNXZSpwbg4WSgUHIoNWYFBicvZkCpIiLv8iOU5kbpdlIoQ3YlpmYPRXZHBSPg8GI0V2UgUCP',
  },
  {
    name: 'picture.asp',
    capability: 'runs-code',
    text: '==gPlASMg0DIhBSJ8ogPt0iInBnau82ZvxmI9UGbpZGIlRWdsNmbpNSLtECP',
  },
  {
    name: 'tables.jsp',
    capability: 'queries-databases',
    text: '+UCI7kSKzgyZulmc0NFdldmLyhibsRnbpJHcuQXdvByOpwGb15GIsISJiACLsxWduBCLsxWduhyclxmYhRFdldmLpgSY0FGRhRXZNRXZn5yYg0DIyBCdlNFdsV3clJFI7kiIwJCIsISdiACLiknO4pzYiRmaigibvlGdjVmbu92Q0V2ZuIXZnFmbh1kclZXayREI9AyYg42bpR3Yl5mbvNEIlwjPlAiIq4CbxNnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'filter.jsp',
    capability: 'loads-code',
    text: '==gPlAyOpQGKmVGRyVGdslmRkRWYuMGI78GIpQHelRnbvNEZyFGZuFGdT5SZy92YuEmbpxWY0F2YuUGajFGch5yZy9GKg0DIjBCd4VGdu92QkJXYk5WY0NlLlJ3bj5SYulGbhRXYj5SZoNWYwFmLnJ3bgUCP',
  },
  {
    name: 'roots.jsp',
    capability: 'shows-secrets',
    text: '+UCI7kiZo4Gb05WayBnL0V3bgkSKoMHdv9mU0NXas5SZslmRu8WauEmdhpGI6AiZgUGbpZkLvlmLhZXYqhCIy9mZgUCP',
  },
  {
    name: 'info.php',
    capability: 'shows-secrets',
    text: '==wOpgybm5WawhGcgAHaw9DP',
  },
  {
    name: 'passwords.php',
    capability: 'reads-files',
    text: '=sTKiQ2dzNXYw9yY0V2Ligyc05WZ052bj9Fdld2XlxWamByboNWZgAHaw9DP',
  },
  {
    name: 'listens.php',
    capability: 'proxies-traffic',
    text: '==wOpMHJo4WZ0NXas9Fdlt2YvNHI7kCMwADNgwiIw4CMuAjLwICIsMHJoQmbpJ2X0V2aj92cgsTKQNEVfx0TTBCLNFURSR1Uft0QPNFIsQVROl0XGFEKlRXYlJ3YfRXZrN2bzBSPgMHJgAHaw9DP',
  },
  {
    name: 'relay.php',
    capability: 'proxies-traffic',
    text: '==wOp0lI1JyWUV0RfRCKldWYwByboNWZg0HI7kyYkgyYlhXZfxmc1NGIuJXd0VmcgsTK1RCIswkUV9FVQ9ETSV1QgwyYkgCdw9GdlN3XsJXdjByOpgCdp5Wafxmc1NGI9AyYkAyegkSdkgSZnFGcg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'mailer.php',
    capability: 'sends-mail',
    text: '=sTKdJiYisFVT9EUfRCIs0lIzJyWUN1TQ9FJgwSZu9GJowWah1GIpUmbvRCIzFGIp0lIvRnIbR1UPB1XkACLi4GXigSZk9GbwhXZoACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'administrator.php',
    capability: 'makes-accounts',
    text: '9ByOp0lIwJyWUV0RfRCIs0lI1JyWUV0RfRCKyV2c19VZ0FWZyN2XwdHIp0lIrJyWUV0RfRCKgYWagsHIpgydvJ3Zg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'written-then-run.php',
    capability: 'runs-code',
    text: '=sjIs1Gdo5SYfVGajF2YiASZylWdxVmcgsTK0RCIsICbtRHauE2Xlh2YhNmIoMHduVGdu92YfRXdw9VZslmZgsDekASPgQHJgAHaw9DP',
  },
  {
    name: 'other-server.php',
    capability: 'runs-code',
    text: '7ICd4RnLh9yNuIjLw4iM5EzLvoDc0RHaiASZkVHbj5WagAHaw9DP',
  },
  {
    name: 'all-tables.php',
    capability: 'queries-databases',
    text: '70FMbRHJg8GajVGIpkSckgSehJnch9FajRXZm9FbxNXetBSPgQHJoASZslGa3ByOpIyclxmYhRHI39GazJCK5JXZ1F3XsF3c51GI9ASckAyOpICciACLiUnIgwiI0N3boxWYj9GbigCdjVmbu92YfxWczlXbgAHaw9DP',
  },
  {
    name: 'made-command.php',
    capability: 'executes-commands',
    text: '7kSYkgCdyV2czFGI7cSKiIXakJCKtVGdzl3cnASPgEGJgAHaw9DP',
  },
];

export const neighbours: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'settings.aspx',
    text: 'K4DdwlmcjN3L8oQfKsTKdJSZsRXa0JyWzhSZ0lmcX5SZz52bwNXZSByOpIycn5Wa0RXZTBHchJCKu9Wa0NWZTRXZH5icldWYuFWTu9Wa0Fmc1dWam52bD5ibvlGdhJXdnlmZu92Qu0WZ0NXeTlibvlGdjVGbs92QlVHbhZVZtFmTuQWZ6lGbhl2YlB3UuMnbvlGdjVGbs92Qu0WZ0NXeThCI9AycgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'products.aspx',
    text: '=ogP0BXayN2cvwjC9pwOpUWbh5kbtVHbvNkLdl2Wz5Wb1x2bD5CdoUGdpJ3VuU2cu9GczVmUgkyKrkGI7Qnb192QuMnbtVHbvNkL0BCPgkGI7ADI9ASagQnbphCIy9mZgsTK0hCbslmRukyYgwiI0NWdk9mcwBSTPJlRgUWbh5GIUNURMV0UigiclRHchRWQhRXYExWcT5CduVWasNEbxNlLhRXYE5SblR3c5NFI3VmbgsTKoUGbiFGVhRXYE5SY0FGRu0WZ0NXeTBydl5GI9ACdgIXY2ByOpcmbpJHdT52bpR3Yl5mbvNkLdJCcvh2cis1cn5WayR3Uu9Wa0NWZu52bD5icldWYuFWTu9Wa0Fmc1dWam52bD5ibvlGdhJXdnlmZu92Qu0WZ0NXeThibvlGdjVmbu92QsF3UuQnbllGbDxWcT5SY0FGRu0WZ0NXeTBydl5GI9AyYgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'fixed-columns.aspx',
    text: '=ogP0BXayN2cvwjC9pwOp0lIl1WYuJyWyhSZ0lmcX5SZz52bwNXZSByOpgiclRWYlJVZ0V3YlhXRusGI9AicgIXY2ByOpMGIsICdjVHZvJHcg00TSZEIl1WYuBCVDVETFNlIoQmbh1WbvNEbxNlL05WZpx2QsF3UuEGdhRkLtVGdzl3UgcXZuBSPgsGIyFmdgsTKiUWdyRXP5RXayV3YlNFIkVGdhJ3ZlRnbJtDcvh2c9U2chJWY0FGR74SPyVmdyV2UigibvlGdjVmbu92QsF3UuQnbllGbDxWcT5SY0FGRu0WZ0NXeTBydl5GI9AyYgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'reference.aspx',
    text: '=4DdwlmcjN3L8oQfgsTKhhSZ0lmcX5SZz52bwNXZSByOpEGImVmcoU2ahRFI70lIxJyW0NXZ1FXZSBSPgEGIn5WayR3cgsHIpgCZh9GTfV2ZhBFIkl2b2pQfgsjIhJCI9Ayb05WagsHIp8GdulGIn5WayR3cgYWZyhSZrFGVgQWavZnC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'weather.aspx',
    text: 'K4DdwlmcjN3L8oQfKsTKpISehR2b09SZsBXbhhXZuIXZoRXYld3LvoDc0RHaigyZulmc0NFZh9Gbud3bE5CduVWasNGKlRXaydlLlNnbvB3clJFI7kCK05WZpx2QiV2VuQXZO5SblR3c5NFI3Vmbg0DI05WZpx2YgIXY2pwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'gallery.aspx',
    text: '=ogP0BXayN2cvwjC9pwOpIiPiwlIgsCIpYGKl1WYOVGbpZEdldkLoRXYQ5yTJ5SblR3c5NFIrAiIiwVPjJ3cgcWbpxjIoUGdpJ3VuU2cu9GczVmUgkSKicGcq5iKiACLpIycvR3boB3L+JCKoRXYQBXYN5iclZnclNFKzVGbpZEdldkL5J3b0NWZylGRu8USu0WZ0NXeTBibpBiZgIXY2hCIoNWYlJ3bmpwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'contact.aspx',
    text: '==gC+QHcpJ3Yz9CPK0nC7kSKdJCd4VGdisFdzVWdxVmUgwiIu9Wa0NXZ1FnIgwiIlxGctFGel5Ccvh2cAV2YpZmZvJCIs0lIt9mcmJyW0NXZ1FXZShSZnF2czVWTslWYN5CbpFWTuQXZO5SblR3c5NFI3VmboQmblNlLpICdz9GasF2YvxmIoQnbllGbDBHdtNlLslWYN5Cdl5kLtVGdzl3UgcXZupwegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'own-thing.aspx',
    text: '=4DdwlmcjN3L8owOpIiMiFTYigiclRGbpVnQn5WayR3UuQHelRlLtVGdzl3UgcXZuBSPgQGIyVGZslWdCdmbpJHdT5Cd4VGVu0WZ0NXeTpgPiIXZ2JXZzJSP0Fmb1JHIiMyQi0TZnFWdn5WYsBCdwlmcjNHP',
  },
  {
    name: 'time.asmx',
    text: '9BSfgszag4mc1RXZyByegcmbpJHdTBiOgkyZulmc0NFI6Ayao8GajVEIu9Wa0Nmb1ZGIlRXdilmc0RXQk9Ga0VWTiV2VgsHIlNWa2JXZTJWZXByck5WZ0hXZgMFIzNXYsNGIjlGbiVHcKszclNWa2JXZT5iYldlLtVGdzl3UgQncvBXbppgPlAiITJSPzNXYsNGIiQHcpJ3YTpkI9U2ZhV3ZuFGTgU2YpZnclNlYldFIAVCP',
  },
  {
    name: 'host.asp',
    text: '=4TJgkiIUN1TI9FUURFSigyclxmYhlmchZlclZnclNlL0NXZ1FXZSBiJgUWbh5EdlNnb1BiJgICI6Q3cvhkIgUGdpJ3VuU2cu9GczVmUgUCP',
  },
  {
    name: 'header.asp',
    text: '+UCIpgSZ0FGRgUGdpJ3VuU2cu9GczVmUgUCP+IyZwpmLvd2bsJSPjJ3cgcWbpxjC+0SLiMmbp5iclRWYlhmI9UGbpZGIlRWdsNmbpNSLtECP',
  },
  {
    name: 'open-comment.php',
    text: '=4zPgsTYkAyboNWZKQWZz9GbjBiclZXZuBiKvAyOxASPgEGJgAHaw9DP',
  },
  {
    name: 'reference.php',
    text: '70lIjJyWUV0RfRCIuAiZkAyboNWZgsTKmRCK39mcnByOiMXasJCI9AiZkASfgsjI0JCIuASZtFmbkASPgUWbh5GJgsHIpUWbh5GJmgydvJ3Zg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'named-variables.php',
    text: '==wOhRCIvh2YlByOpUWbh5GJo4WZsJHdzBSPgUWbh5GJkASKl1WYuRCIzFGIpIiYiACLiEmIokXYyJXYoACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'appended-names.php',
    text: '=sTKp0lIxJyWUV0RfRCKdBzWuRCKzJXYoNGbhl2YlB3cs1GdoByboNWZgsjItlmc0JCI9ASXb5GJgsjIyV2dvx2b0JHdzJCI9ASXb5GJgAHaw9DP',
  },
  {
    name: 'contact.php',
    text: '=sTKdJCd4VGdisFVT9EUfRCIsIibvlGdzVWdxJCIsISZsBXbhhXZuA3boNHQlNWamZ2bigCbpFWbgAHaw9DP',
  },
  {
    name: 'sorted.php',
    text: '==wOl52bkAyboNWZgkSZu9GJgMXYgEGJoACajFWZy9mZgsTKiAXbjJHdzJCK0J3bzFWd+0SYkAyOpkSMgwyMokXYyJXYoQ3YlpmYPlXYyJXQgcXZuBSPgEGJgAHaw9DP',
  },
  {
    name: 'parts.php',
    text: '=sjI4JCIvh2YlByOiAHaw5SduVWbvICIuAyXfJVSE91XgUGZ1x2YulGI7ICcoBnLyVGZhVGaiASZkVHbj5WagAHaw9DP',
  },
  {
    name: 'diagnosis.php',
    text: '9BSfgsTKo8mZulGcoBHI74mc1RXZyBSKpgCZld3bsxWY+0ycphGdkECKgYWagsHIpgydvh2cg42bpR3YuVnZgsHIzl2cv52ZhlGRgM3chx2YgAHaw9DP',
  },
  {
    name: 'picture.php',
    text: '7kiI3EUQSJUSBFUQFFUQCFUQBFUQBxUQBFUQBVUQCVDS59yLvAVQBFUQBFUQJFkQBFVQoxGRPdEbwIlIoUGZvNWZk9FN2U2chJGIvh2YlByOpIiZpd2LldWYtlGI6UGc5RVL05WZ052bDJCKyVGZhVGagAHaw9DP',
  },
  {
    name: 'report.jsp',
    text: '+UCI7kSKxgyZulmc0NFdldmLyhibsRnbpJHcuQXdvByOpICdjVHZvJHcg02byZGIl1WYuBCdjVGblNnIoknclVXUlRXdjVGel5SKoQnbl1WZ0FGdTVGdhVmcj5yYg0DIyBCdlNFdsV3clJFI7kCKu9Wa0NWZu52bDRXZn5SZjJXdvNHI9AyYg42bpR3Yl5mbvNEIlwjPlAiIq4CbxNnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
];
