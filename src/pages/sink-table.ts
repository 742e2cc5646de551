/**
 * What is dangerous to hand a visitor's words to. A key is the last one or two names of a call, lower case; `new x` makes an object. `of` says
 * which of what the call is given decides. `hard`: that a visitor decides it makes the page a back door; soft ones stand in pages that serve
 * their owner as well.
 */
import type { Capability } from './page-facts.ts';

export interface SinkKind {
  readonly capability: Capability;
  readonly of: 'all' | 'first' | 'second' | 'self' | 'args';
  readonly hard: boolean;
}

const rows = (capability: Capability, of: SinkKind['of'], hard: boolean, names: string): (readonly [string, SinkKind])[] =>
  names
    .trim()
    .split(/\s*,\s*/)
    .map((name) => [name, { capability, of, hard }] as const);

/** .NET, and what pages of Windows can create by name. */
export const dotNetSinks: ReadonlyMap<string, SinkKind> = new Map([
  ...rows(
    'executes-commands',
    'all',
    true,
    'process.start, startinfo.start, interaction.shell, microsoft.visualbasic.shell, wscript.shell.run, wscript.shell.exec, wscript.shell.execute, shell.application.shellexecute, shell.application.open, shell.users.create, standardinput.write, standardinput.writeline, powershell.addscript, powershell.addcommand, pipeline.addscript, runspace.createpipeline, commands.addscript, commands.addcommand, runspaceinvoke.invoke, createprocess, createprocessa, createprocessw, createprocessasuser, createprocesswithlogonw, createprocesswithtokenw, winexec, shellexecute, shellexecutea, wscript.shell.regwrite',
  ),
  ...rows('executes-commands', 'all', true, 'new processstartinfo'),
  ...rows('executes-commands', 'first', true, 'shell'),
  ...rows('executes-commands', 'args', true, 'managementclass.invokemethod, win32_process.create'),
  ...rows(
    'runs-code',
    'first',
    true,
    'eval, eval_r, execute, executeglobal, execscript, jscriptevaluate, evaluate.jscriptevaluate, csharpscript.evaluateasync, csharpscript.runasync, csharpscript.create, csharpscript.evaluate, scriptcontrol.eval, scriptcontrol.executestatement, scriptcontrol.addcode, scriptcontrol.eval, vsaengine.evaluate, xamlreader.parse, xamlreader.load, xamlservices.parse, scriptengine.execute, razorengine.parse, engine.razor.runcompile',
  ),
  ...rows(
    'runs-code',
    'args',
    true,
    'compileassemblyfromsource, compileassemblyfromfile, compileassemblyfromdom, csharpcompilation.create, csharpsyntaxtree.parsetext, syntaxfactory.parsesyntaxtree, scriptcontrol.addcode, scriptcontrol.executestatement, xslcompiledtransform.load, xsltransform.load',
  ),
  ...rows('runs-code', 'first', false, 'server.execute, server.transfer, databinder.eval_'),
  ...rows(
    'loads-code',
    'first',
    true,
    'assembly.load, assembly.unsafeloadfrom, assembly.reflectiononlyload, assemblyloadcontext.loadfromstream, appdomain.load, currentdomain.load, appdomain.executeassembly, currentdomain.executeassembly, marshal.getdelegateforfunctionpointer, createthread, createremotethread, ntcreatethreadex, enumsystemlocalesa, queueuserapc',
  ),
  ...rows('loads-code', 'first', true, 'assembly.loadfrom, assembly.loadfile, loadlibrary'),
  ...rows(
    'loads-code',
    'first',
    false,
    'activator.createinstance, activator.createinstancefrom, type.gettype, gettypefromprogid, type.gettypefromprogid, createobject, server.createobject, getobject, new activexobject',
  ),
  ...rows('loads-code', 'args', false, 'reflection.invoke'),
  ...rows('loads-code', 'first', true, 'loadwithpartialname, assembly.loadwithpartialname'),
  // Native functions that are declared while the page runs.
  ...rows('loads-code', 'all', false, 'definepinvokemethod'),
  ...rows('executes-commands', 'args', true, 'activeview.executeshellcommand, document.activeview.executeshellcommand'),
  ...rows('runs-code', 'args', true, 'new function, dynamicexpressionparser.parselambda'),
  ...rows('runs-code', 'all', false, 'new xsltsettings, xsltsettings.trustedxslt'),
  ...rows('deserialises', 'args', false, 'new xmlserializer, new datacontractserializer, dataset.readxml, datatable.readxml'),
  ...rows('makes-accounts', 'all', false, 'new userprincipal, new groupprincipal'),
  ...rows(
    'deserialises',
    'first',
    true,
    'losformatter.deserialize, objectstateformatter.deserialize, binaryformatter.deserialize, soapformatter.deserialize, netdatacontractserializer.deserialize, netdatacontractserializer.readobject, binaryformatter.unsafedeserialize',
  ),
  ...rows('writes-files', 'all', true, 'adodb.stream.savetofile'),
  ...rows(
    'writes-files',
    'args',
    true,
    'file.writealltext, file.writeallbytes, file.writealllines, file.appendalltext, file.appendalllines, fileobject.write, textstream.write, textstream.writeline, scripting.filesystemobject.createtextfile.write, filesystem.writealltext',
  ),
  ...rows(
    'writes-files',
    'all',
    false,
    'new streamwriter, new filestream, streamwriter.write, streamwriter.writeline, filestream.write, binarywriter.write, file.create, file.createtext, file.appendtext, file.openwrite, file.open, file.copy, file.move, file.delete, file.replace, directory.createdirectory, directory.delete, directory.move, fileinfo.delete, fileinfo.moveto, fileinfo.copyto, directoryinfo.delete, directoryinfo.create, scripting.filesystemobject.createtextfile, scripting.filesystemobject.opentextfile, scripting.filesystemobject.deletefile, scripting.filesystemobject.deletefolder, scripting.filesystemobject.copyfile, scripting.filesystemobject.movefile, scripting.filesystemobject.movefolder, scripting.filesystemobject.copyfolder, scripting.filesystemobject.createfolder, file.setattributes, file.setlastwritetime, file.setcreationtime, file.setlastwritetimeutc, webclient.downloadfile, registrykey.setvalue, registry.setvalue, registrykey.createsubkey, filesystem.kill',
  ),
  ...rows(
    'takes-uploads',
    'all',
    false,
    'saveas, postedfile.saveas, file.saveas, fileupload.saveas, files.saveas, request.saveas, httppostedfile.saveas',
  ),
  ...rows(
    'reads-files',
    'first',
    false,
    'file.readalltext, file.readallbytes, file.readalllines, file.opentext, file.openread, new streamreader, response.writefile, response.transmitfile, directory.getfiles, directory.getdirectories, directory.getfilesystementries, new directoryinfo, new fileinfo, scripting.filesystemobject.getfolder, scripting.filesystemobject.getfile, adodb.stream.loadfromfile, wscript.shell.regread, registrykey.opensubkey, localmachine.opensubkey, currentuser.opensubkey, registrykey.getvalue, server.mappath_',
  ),
  ...rows(
    'proxies-traffic',
    'args',
    true,
    'socket.connect, socket.beginconnect, socket.send, tcpclient.connect, new tcpclient, udpclient.connect, new ipendpoint, ipaddress.parse_',
  ),
  ...rows(
    'proxies-traffic',
    'first',
    false,
    'webrequest.create, httpwebrequest.create, webclient.downloadstring, webclient.downloaddata, webclient.openread, webclient.uploaddata, httpclient.getasync, httpclient.getstringasync, httpclient.sendasync, new httprequestmessage',
  ),
  ...rows(
    'proxies-traffic',
    'second',
    false,
    'msxml2.xmlhttp.open, msxml2.serverxmlhttp.open, microsoft.xmlhttp.open, winhttp.winhttprequest.5.1.open, xmlhttp.open, serverxmlhttp.open',
  ),
  ...rows(
    'queries-databases',
    'first',
    false,
    'new sqlcommand, new oledbcommand, new odbccommand, new oraclecommand, new sqldataadapter, new oledbdataadapter, adodb.connection.execute, adodb.connection.open, adodb.recordset.open, connection.execute, sqlcommand.commandtext, new sqlconnection, new oledbconnection, new odbcconnection',
  ),
  ...rows('queries-databases', 'first', false, 'new directorysearcher'),
  ...rows(
    'runs-code',
    'first',
    true,
    'parsecontrol, page.parsecontrol, activityxamlservices.load, activityxamlservices.createactivityfrom',
  ),
  // Things of windows on a desk, of other programs' pipes, and of the web server's own table of addresses.
  ...rows('executes-commands', 'all', false, 'new objectdataprovider'),
  ...rows('proxies-traffic', 'all', false, 'new namedpipeclientstream, new namedpipeserverstream'),
  ...rows('loads-code', 'all', false, 'routes.insert, globalfilters.filters.add, filters.globalfilters.add'),
  ...rows('deserialises', 'args', false, 'new resxresourcereader, new resourcereader'),
  ...rows('writes-files', 'all', true, 'msxml2.domdocument.save, microsoft.xmldom.save, msxml2.freethreadeddomdocument.save'),
  ...rows('writes-files', 'first', false, 'adox.catalog.create'),
  ...rows('executes-commands', 'all', true, 'registertask, registertaskdefinition'),
  ...rows('executes-commands', 'all', false, 'process.getprocessbyid, process.getprocessesbyname, process.kill'),
  ...rows('writes-files', 'all', false, 'zipfile.createfromdirectory, zipfile.extracttodirectory'),
  ...rows('shows-secrets', 'all', false, 'new exchangeservice'),
  ...rows(
    'shows-secrets',
    'all',
    false,
    'driveinfo.getdrives, directory.getlogicaldrives, environment.getlogicaldrives, process.getprocesses, servicecontroller.getservices, new servermanager, new managementobjectsearcher, environment.getenvironmentvariables',
  ),
  ...rows(
    'proxies-traffic',
    'all',
    false,
    'new tcplistener, new httplistener, new socket, socket.bind, socket.iocontrol, ping.send, ping.sendasync',
  ),
  ...rows(
    'loads-code',
    'first',
    false,
    'hostingenvironment.registervirtualpathprovider, logonuser, logonusera, duplicatetokenex, impersonateloggedonuser, openprocesstoken, openprocess, virtualalloc, virtualallocex, writeprocessmemory',
  ),
  ...rows('sends-mail', 'second', false, 'new mailmessage'),
]);

/** JSP. */
export const javaSinks: ReadonlyMap<string, SinkKind> = new Map([
  ...rows(
    'executes-commands',
    'all',
    true,
    'runtime.exec, getruntime.exec, processbuilder.start, processbuilder.command, new processbuilder, processimpl.start, unixprocess.forkandexec',
  ),
  ...rows(
    'runs-code',
    'first',
    true,
    'eval, scriptengine.eval, getenginebyname.eval, elprocessor.eval, elprocessor.getvalue, spelexpressionparser.parseexpression, groovyshell.evaluate, ognl.getvalue, mvel.eval, javax.el.elprocessor.eval, jshell.eval, interpreter.eval',
  ),
  ...rows('runs-code', 'args', true, 'evaluatestring, context.evaluatestring, evaluatereader, context.evaluatereader'),
  // Code that is put into another program that runs.
  ...rows('loads-code', 'all', false, 'virtualmachine.attach, virtualmachine.loadagent, virtualmachine.loadagentpath'),
  ...rows('proxies-traffic', 'args', false, 'tagimport'),
  ...rows('reads-files', 'args', false, 'taginclude'),
  ...rows('executes-commands', 'args', true, 'new expression, new statement, new eventhandler, eventhandler.create'),
  ...rows('runs-code', 'args', true, 'createvalueexpression, createmethodexpression, parseexpression'),
  ...rows('runs-code', 'args', false, 'newtransformer, newtemplates, getdeclaredfield.set, getfield.set'),
  ...rows('loads-code', 'args', true, 'setdatasourcename'),
  ...rows('loads-code', 'args', false, 'reflection.invoke, getdeclaredconstructor.newinstance, getconstructor.newinstance'),
  ...rows('loads-code', 'all', false, 'new classwriter, classpool.makeclass, ctclass.tobytecode, ctclass.toclass'),
  ...rows('runs-code', 'args', true, 'javacompiler.gettask, javacompiler.run, xmldecoder.readobject, new xmldecoder'),
  ...rows(
    'loads-code',
    'args',
    true,
    'defineclass, defineanonymousclass, installclass, new urlclassloader, bcel.classloader.loadclass, unsafe.defineclass, lookup.defineclass, templatesimpl.newtransformer, setbytecodes_, defineclass0, system.load, runtime.load, system.loadlibrary',
  ),
  ...rows('loads-code', 'first', false, 'class.forname, classloader.loadclass'),
  ...rows('deserialises', 'all', true, 'objectinputstream.readobject, new objectinputstream'),
  ...rows(
    'writes-files',
    'all',
    false,
    'new fileoutputstream, new filewriter, new randomaccessfile, fileoutputstream.write, filewriter.write, randomaccessfile.write, files.write, files.writestring, files.copy, files.move, files.delete, file.delete, file.renameto, file.mkdir, file.mkdirs, file.createnewfile, fileutils.writestringtofile, fileutils.copyurltofile, new filehandler, new printwriter, printwriter.print, printwriter.write, bufferedwriter.write, outputstreamwriter.write, setlastmodified, file.setlastmodified',
  ),
  ...rows('takes-uploads', 'all', false, 'fileitem.write, part.write, smartupload.save, multipartrequest, new multipartrequest'),
  ...rows(
    'reads-files',
    'first',
    false,
    'new fileinputstream, new filereader, files.readallbytes, files.readalllines, file.listfiles, new file, file.list',
  ),
  ...rows(
    'proxies-traffic',
    'args',
    true,
    'new socket, socketchannel.connect, socketchannel.open, socket.connect, new inetsocketaddress, socketchannel.write, asynchronoussocketchannel.connect',
  ),
  ...rows('proxies-traffic', 'first', false, 'new url, url.openconnection, url.openstream'),
  ...rows(
    'queries-databases',
    'first',
    false,
    'statement.execute, statement.executequery, statement.executeupdate, drivermanager.getconnection, connection.preparestatement, preparestatement',
  ),
  ...rows('shows-secrets', 'all', false, 'file.listroots, system.getproperties'),
  ...rows('proxies-traffic', 'all', false, 'new serversocket, serversocketchannel.open, new datagramsocket'),
  ...rows('loads-code', 'first', true, 'initialcontext.lookup, new initialcontext_, initialcontext.dolookup'),
  ...rows(
    'loads-code',
    'first',
    false,
    'addfilterdef, addfiltermap, addfiltermapbefore, addservletmapping, addservletmappingdecoded, addvalve, addapplicationeventlistener, addfilter',
  ),
]);

/** PHP: functions; methods by their class. */
export const phpSinks: ReadonlyMap<string, SinkKind> = new Map([
  ...rows(
    'executes-commands',
    'first',
    true,
    'system, exec, shell_exec, passthru, popen, proc_open, expect_popen, w32api_invoke_function, com.run, com.exec, wscript.shell.exec, wscript.shell.run, wscript.shell.shellexecute, wscript.exec, wscript.run, shell.application.shellexecute, win32_create_service, dbx_exec_, ssh2_exec',
  ),
  ...rows('executes-commands', 'args', true, 'mail_extra, imap_open_, pcntl_exec'),
  ...rows('runs-code', 'first', true, 'eval, eval_r, assert'),
  ...rows('runs-code', 'first', true, 'perl.eval, python.eval, python.exec, lua.eval, luasandbox.loadstring, v8js.executestring'),
  ...rows('runs-code', 'second', true, 'create_function'),
  ...rows('loads-code', 'first', true, 'dl, ffi.cdef, ffi.load'),
  ...rows('deserialises', 'first', false, 'unserialize'),
  ...rows('runs-code', 'all', false, 'registerphpfunctions'),
  ...rows('writes-files', 'args', true, 'file_put_contents'),
  ...rows(
    'writes-files',
    'args',
    false,
    'fwrite, fputs, fputcsv, copy, rename, unlink, rmdir, mkdir, touch, chmod, symlink, link, ziparchive.extractto, domdocument.save, imagepng_, readfile_, splfileobject.fwrite, gzwrite',
  ),
  ...rows('writes-files', 'first', false, 'splfileobject_'),
  ...rows('reads-files', 'first', false, 'imap_open, imap_list'),
  ...rows('takes-uploads', 'second', false, 'move_uploaded_file'),
  ...rows(
    'reads-files',
    'first',
    false,
    'file_get_contents, readfile, fopen, file, show_source, highlight_file, opendir, scandir, glob, dir, parse_ini_file, simplexml_load_file_, new directoryiterator, new splfileobject, php_strip_whitespace',
  ),
  ...rows('proxies-traffic', 'args', true, 'fsockopen, pfsockopen, stream_socket_client, socket_connect, stream_socket_server'),
  ...rows(
    'proxies-traffic',
    'first',
    false,
    'curl_init, curl_exec, http_get, dns_get_record, gethostbyname, gethostbynamel, gethostbyaddr',
  ),
  ...rows(
    'queries-databases',
    'all',
    false,
    'mysql_query, mysqli_query, mssql_query, pg_query, mysql_db_query, odbc_exec, sqlite_query, oci_parse, mysqli.query, pdo.query, pdo.exec, mysql_connect, mysqli_connect, pg_connect, mssql_connect, new mysqli, new pdo, sqlsrv_query, sqlsrv_connect, ibase_query, ibase_connect, oci_connect',
  ),
  ...rows(
    'proxies-traffic',
    'all',
    false,
    'socket_bind, socket_listen, socket_accept, socket_create_listen, stream_socket_accept',
  ),
  ...rows('proxies-traffic', 'all', false, 'curl_setopt_array, ftp_connect, ftp_login, ftp_put, ftp_get'),
  ...rows('shows-secrets', 'all', false, 'phpinfo, php_uname, get_current_user_'),
  ...rows('sends-mail', 'first', false, 'mail, mb_send_mail, imap_mail'),
  ...rows(
    'makes-accounts',
    'all',
    false,
    'shell.users.create, wp_create_user, wp_insert_user, wp_set_auth_cookie, wp_set_current_user, posix_setuid_',
  ),
]);

/**
 * What shows the server itself, listens on it, or puts something into its running process: pages that serve somebody else have no use for it,
 * whoever decides.
 */
export const tellingAlone: ReadonlySet<string> = new Set(
  (
    'driveinfo.getdrives directory.getlogicaldrives environment.getlogicaldrives servicecontroller.getservices ' +
    'managementobjectsearcher environment.getenvironmentvariables tcplistener httplistener socket.bind socket.iocontrol ' +
    'hostingenvironment.registervirtualpathprovider logonuser logonusera duplicatetokenex impersonateloggedonuser openprocesstoken openprocess ' +
    'virtualalloc virtualallocex writeprocessmemory file.listroots system.getproperties no-code-included library serversocket serversocketchannel.open addfilterdef addfiltermap addfiltermapbefore ' +
    'addservletmapping addservletmappingdecoded addvalve addapplicationeventlistener socket_bind socket_listen socket_accept socket_create_listen ' +
    'localmachine.opensubkey currentuser.opensubkey wscript.shell.regread process.getprocessbyid process.getprocessesbyname process.kill ' +
    'exchangeservice directorysearcher registertask registertaskdefinition type-names server-variables ' +
    'stream_socket_accept servermanager filesystemobject.drives native-call provider carried-page carried-program registry-hive shown-from-elsewhere ' +
    'hidden-request virtualmachine.attach virtualmachine.loadagent virtualmachine.loadagentpath objectdataprovider namedpipeclientstream namedpipeserverstream routes.insert globalfilters.filters.add ' +
    'file-server-order userprincipal groupprincipal classwriter classpool.makeclass ctclass.tobytecode ctclass.toclass definepinvokemethod'
  ).split(' '),
);

/** Functions of PHP that call what they are given by name: which argument is the name; all others are handed to it. */
export const phpCallers: ReadonlyMap<string, number> = new Map([
  ['call_user_func', 0],
  ['call_user_func_array', 0],
  ['array_map', 0],
  ['array_filter', 1],
  ['array_walk', 1],
  ['array_walk_recursive', 1],
  ['array_reduce', 1],
  ['array_diff_ukey', 2],
  ['array_udiff', 2],
  ['array_uintersect', 2],
  ['array_diff_uassoc', 2],
  ['array_intersect_ukey', 2],
  ['array_intersect_uassoc', 2],
  ['usort', 1],
  ['uasort', 1],
  ['uksort', 1],
  ['register_shutdown_function', 0],
  ['register_tick_function', 0],
  ['forward_static_call', 0],
  ['forward_static_call_array', 0],
  ['preg_replace_callback', 1],
  ['mb_ereg_replace_callback', 1],
  ['ob_start', 0],
  ['iterator_apply', 1],
  ['set_error_handler', 0],
  ['set_exception_handler', 0],
  ['spl_autoload_register', 0],
  ['filter_var', 2],
  ['filter_var_array', 1],
  ['header_register_callback', 0],
  ['sqlite_create_function', 2],
  ['new callbackfilteriterator', 1],
  ['new reflectionfunction', 0],
  ['new arrayiterator_', 0],
  ['yaml_parse_', 3],
]);
