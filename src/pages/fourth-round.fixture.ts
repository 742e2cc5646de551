/**
 * Pages written for the tests of their reader, learnt from ASP.NET of the fourth round: code that has lost its line breaks, what a visitor sends put into a
 * file as it comes, passwords of others, native functions that are declared while the page runs. Stored as those of `pages.fixture.ts`.
 */
import type { Capability } from './page-facts.ts';
import type { BackDoorPage } from './pages.fixture.ts';

export const fourthRound: readonly BackDoorPage[] = [
  {
    name: 'aspx-unbroken.aspx',
    capability: 'executes-commands',
    parameter: 'q',
    text: '+QHcpJ3Yz9CPg0HI7kSKoQmbF9GVkFWZS5Cd1BHd19EZyFGZuFGdT5CcoUGdpJ3VuU2cu9GczVmUJAyOpkGK0JXY0NlLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI9ACcgIXY2lAI7U2csFmZg0DIlRXdjVGeFxGblh2UlNXVukWCgsTKdJScisFdzVWdxVmUgsCIiAyYvICIsICZtNmIo8mZulEdyFGdTN3clN2byBlLzNWa0N3budWYpRkLtVGdzl3UgcXZuBSPgkGIyFmdJASZulGbgUWbhNHIlhGdg42bgMXagQXagQmbhByc1BicvZGIzlGIzd3bsx2bmBCdhh2dg8yLJASfgsTKoQmbF5SZz52bwNXZSByegkCbsVnbg0TPg0lIxJyW0NXZ1FXZShCImlWCgsHIpUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2BiPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8AiPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-unbroken-tight.aspx',
    capability: 'runs-code',
    parameter: 'q',
    text: '=4TJg0HI7kCKk5WRuU2cu9GczVmUgsTKi4WahdWYgUmbvRmIoUGdpJ3VuU2cu9GczVmUgsTKiUmbvRmIoUGdpJ3VuU2cu9GczVmUgsTK0V3boUGdpJ3VuU2cu9GczVmUgsTKiUmZhNnb1JCIsUGZvNGKsFmdlBSPgQXdvBichZHI7BSKsxWduBSPhASZk92YoAiZpByOdt2WtVGdJ5CdzVWdxVmUg0DIlR2bjBichZHI7UmclhGI0ZWZsBSZyFGIztmbhxmYg8mbg8yLgsjIxJCI9AyagIXY2ByOx0CI9AyclJXawhXRuU2cu9GczVmUgUCP+UCIiQHcpJ3YzpkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'jsp-own-addresses.jsp',
    capability: 'loads-code',
    parameter: null,
    text: '==gPlAyOpgSZj5WY0NnbJdXZu5SKiIkLhJCKzNXYsNEZh9GbukSfgUHI7BSXbxkUVBydl5GKyVGZh9GTzNXYsNETSVFI3VmbgsTK9BSfgsTfg0HI7kiYo0WYlJHdTRXdw5WS5FmcyFUZ0lnQgcXZuBibyVHdlJHI7BSKo0WYlJHdTRXdw5WS0V2Zg0WYlJHdTRXdw5WSgMWasJWdwBSf7BSKoQ3Yl5mbvNGIkl2b2ByYpxmY1BHI7BSKhhibvlGdjVmbu92QMJVVgcXZuBibyVHdlJHI7BSKhBCTSVFKu9Wa0NWZu52bD5WZw9GIu9Wa0NWZu52bDxkUVBCZlR3YlR3byBHI7BSKoIXZsRmbhhUbhVmc0NFTSVFI3VmbgwiIvICIsETLgwCbsVnbgwiItVWbigCTSVFI3Vmbg0DI1BCTSVFI7kSKignIoIXZ0VWbhJXYQRXaulEdldmLu9Wa0F2YpxGcwFGKyVmZmVnQlR2bjVGZukCKyVGZvNWZERjNFNVQC5yYzlWbu4WdzBydl5GI9AiYg01WlRXeiBCbh5WamBSJ84TJgIiKu8WauEmdhpGLq4Cdl5mLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
];

export const doubtfulFourth: readonly { readonly name: string; readonly capability: Capability; readonly text: string }[] = [
  {
    name: 'aspx-raw-body-to-file.aspx',
    capability: 'writes-files',
    text: '+UCI7kSZtFmboUGdpJ3VuU2cu9GczVmUg0HI7kiZo8GV5B3bD5SbhVmc0NFd1BnbJ5CdzVWdxVmUgsHIpkSZ0FWZyNkLlR2bNVGbpZkLPlkLtVGdzl3UgwSKl1WYuBCLpIyLuICKoRXYQBXYN5iclZnclNFKl5Wai12bD5Ca0FGUu8USu0WZ0NXeThSbhVmc0NVZslmRu8USu0WZ0NXeTBydl5GI9AiZgIXY2hCIn5WazVHI7IibpJmLiAyKgkCKn5WayR3UvRlLpgCZpV3R3VmTuQWa1dEI9ASZtFmbgIXY2BSJ8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-passwords-of-others.aspx',
    capability: 'makes-accounts',
    text: '+8CIiQXYodnI9QUSgIiclZnclNnI9QXYuVncgg3bCRHelRlOwNXY84zLgIybodnI9QUSgIiclZnclNnI9QXYuVncgg3bCRHelRlOwNXY8ogP0BXayN2cvwTfgsTK0hXZU5Cdhh2dgwSKoQmcvd3czFGU0V2clJlL1hCZy92dzNXYQV2ZuFGaD5SdgsTK0hXZU5ybodHKyV2cVRXZH5Ccph2cyVmYtVWTg0DI1BiclNXVwlGazJXZi1WZNByegkSZgM3ZyFEduVmdFBCLzBCdjVmai9GK0V2UgQWavZnPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-shows-password.aspx',
    capability: 'makes-accounts',
    text: '+QHcpJ3Yz9CP9ByOpkCKkJ3b3N3chBFdldkL1hSZ0lmcX5SZz52bwNXZSByOp0lIuJyW0NXZ1FXZShiclNXV0V2RuAXaoNnclJWbl1EI9ASdgIXY2ByegkSZgM3ZyFEduVmdFBCLzBCdjVmai9GKkF2bM9VZnFGUgQWavZnPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-declares-while-it-runs.aspx',
    capability: 'loads-code',
    text: '=4DdwlmcjN3L80HI7kCa0l2dgwCbsVnboU2avZnbJ5SK0FGa3hCZvhGdl1EdldkLtBibyVHdlJHI7kCKz52bpR3YuVnRsFmYvx2RlRXYlJ3Qu0GI7kSaz5WQuQXZTJXYoNkLzV2YpZnclNFcvJXZ05WSuUWbpRnb1JlLtVGdzl3UgwSawFmbpdlLu9Wa05WZ252bDdmbpxGbhNkLzV2YpZnclNFcvJXZ05WSuUWbpRnb1JlLtVGdzl3UgwiZvBCLpIHdQRnbJhiZvVGc5RHIsQmchRmbhR3UuMnbvlGduVmdu92Qn5WasxWYD5ibvlGdjVGbmVmUu0WZ0NXeTBCLjlGdhR3UuMXZ0VnYpJHd0FEZvhGdl1kLu9Wa0NWZsZWZS5SblR3c5NFIswGbkBCL0FGa3hCZvhGdl1UZr9mdulEUl5WamVGRu0GI7kiI5JCKlxWdk9WTjlWbh5WeEVmbpZWZE5SKuVnUuM3clN2YBJXZkxWa1JUesJWblN3cBBCLpICeigSZtFmT5xmYtV2czFkLu9Wa0NWZsZWZS5SblR3c5NFI3VmbokHbi1WZzNXQjlWbh5WeEVmbpZWZE5ibpFWbvREduVmcyV3Qu4Wah12bEBHcBBSPg0GIyFmdgsHIpY2bg01WlBXeUBCLoRXa3BSXbR3YlpmYvBCL0FGa3ByZulmc0NHIswGbkByZulmc0NHKrNXQgQ3YlpmYv5jIyVmdyV2ci0Ddh5WdyBCdwlmcjNHPK4TJgICdp1WRu42bpR3YlxmZlJlLtVGdzl3Ui0TZjFGczVWbh5EI0J3bw1WSgAUJ8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-settings-as-text.aspx',
    capability: 'writes-files',
    text: '=4DdwlmcjN3L80HI7kSZ1JHdgwSKiQHe05SYvcWbp9ifigCa0FGUwFWTuIXZ2JXZTBCLpIyZpZmbvNmLiV2dv4nIogGdhBFch1kLyVmdyV2UokHcvNkLlxWaG5yTJ5SblR3c5NFI7BSKlBycnJXQ05WZ2VEIsMHI0NWZqJ2bo82RgQWavZnPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'php-reads-its-own-lines.php',
    capability: 'runs-code',
    text: '==wOpgSZy92YTBydl5mC9BSfgsjIiAiOgkSKdFzWtRCKuVGbyR3coIHajByPgkSXxsVbkgCdlN3cpBibyVHdlJHI7kSbkACL39mckACLi8CJpsCIo8iIog2Y0FWbfdWZyBHI7BSK39mckgiZvBibvlGdj5WdmBSfgsTKiIGJiACLiICKhRCIuJXd0Vmcg0HI7YHJg0jLgIGJgU2csVGI7YHJg0jLgEGJgkSOgwDIpRCKgYWagsTK39mckgiZv5TLzlGa0RCI9AidkAyegkydvJHJg4TPgkGJgMXYgM3dvJHJoACajFWZy9mZgsjIiASPgIGJgsjIiASPgEGJgsTKf9VRMlkRf9FKlxWamBSPgM3dvJHJgsHIpgCdjVnc0NnbvN2XfBibvlGdj5WdmByegUmcvN2UgM3chx2YKAHaw9DP',
  },
];

export const ordinaryFourth: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'aspx-short-remark.aspx',
    text: '==gPw9CP+UCI0V3bg4WZrFGdgMXY3ByOp0lIjJyW0NXZ1FXZSBCLiUGel5CZtNmIoQnchR3UuM3clN2byBFIv8CI7kSZsRXaUhSZ0lmcX5SZz52bwNXZSByOiMnclRmcPJCI9ASZsRXaUBSJ84Dc8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-remarks-in-lines.aspx',
    text: '+QHcpJ3Yz9CPK0nC7kSZsRXaUhSZ0lmcX5SZz52bwNXZSBCIKsDI9ByegsTZulGajFWbgQGbvBSZoRHIy9mZgMXY3ByLvASfgsTKooHI7BSZzxWZg0HI7kCK5ByegkCeoAiZpByOp0lIjJyW0NXZ1FXZSBCLiUGel5CZtNmIoQnchR3UuM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3Ug8yLgAiC7ICbhZXayJXYgIXalhGdgY2bgkXYkBSZoRHI5JGIs0WZoRHIkVGdy9GclJHIlZXYoByclNWamZ2bgg2YuFmciBSZoRHIzFGIsMXehRGI5RncphGdgQ3chxGIlhGdgY2bgMnclRmcPJCI9ASZsRXaUBCIKsHIpUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-changes-own-password.aspx',
    text: '=4zLgISZu9GZi0DRJBiIyVmdyV2ci0Ddh5WdyBCblJWYMpDczFGP+8CIiIXZ0ZWYi0DRJBiIyVmdyV2ci0Ddh5WdyBCevJEd4VGV6A3chxjPvAiIlJ3bmVmYi0DRJBiIyVmdyV2ci0Ddh5WdyBCevJEd4VGV6A3chxjC+QHcpJ3Yz9CP9ByOpQHelRlLyVGdmFGIsQHelRlLlJ3bmVmYoQmcvd3czFGUldmbhh2QuUHI9ASZsJWazlmVuUmbvRGI7kCKyV2cVRXZH5Ccph2cyVmYtVWTg0DI1BiclNXVwlGazJXZi1WZNByegkSZgM3ZyFEduVmdFBCLzBCdjVmai9GK0V2UgQWavZnPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-settings-kept.aspx',
    text: '+QHcpJ3Yz9CP9ByOpUWdyRHIskiIrFmYucWam52bj5iYld3LhRXYE9FcwF0L+JCKoRXYQBXYN5iclZnclNFIskiInlmZu92YuIWZ39ifigCa0FGUwFWTuIXZ2JXZThSew92QuUGbpZkLPlkLtVGdzl3UgsHIpgCclV2SgQWavZnPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'aspx-copies-within.aspx',
    text: '+QHcpJ3Yz9CP9ByOpkCKn5WayR3UvRlLoR3ZuVGTukSbhVmc0NFd1BnbJ5CdzVWdxVmUowGbBhSZ0lmcX5SZz52bwNXZSByegkSZgM3ZyFEduVmdFBCLzBCdjVmai9GKkF2bM9VZnFGUgQWavZHI9BSfgsTKokXYyJXQvRlLtBibyVHdlJHI7kSbo8GV5B3bD5SbvJnZgsHIpkCKtFWZyR3U5J3btVWTu8USu0WZ0NXeTBydl5GI9ASbgIXY2hCIn5WazVHI7BSKt9mcmBSbhVmc0NlLPlkLtVGdzl3UowGbBBSXbVGd5JmPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'php-lists-its-own-lines.php',
    text: '7kib39GazRCK39GakAyboNWZgsjItlmc0JCI9AydvhGJg0HI7kydvJHJoMnchh2YsFWajVGczxWb0hGI94CIud3boNHJgsHIpc3byRCIzFGIzd3byRCKgg2YhVmcvZGI7IiIg0DIud3boNHJgsTKf9VRMlkRf9FKlxWamBSPgM3dvJHJKAHaw9DP',
  },
  {
    name: 'jsp-own-address-read.jsp',
    text: '==gPlAyOpkCKoRXYQRXZn5SdoQnbpJHcuQXdvByOpICbthnLiJCIsU2chJGKMJVVgcXZuBSPgUHIMJVVgsTKi8SYvUGbw1WY4VmLuVmdhhmLslWYt9yL6MHc0RHaigCTSVFI3Vmbg0DIlNXYiBCTSVFIlwjPlAiIq4Cdl5mLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
];
