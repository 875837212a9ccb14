"""English words that are words already, and no slips of others.

Those of five letters and more that stand in the documentation of at least fourteen of the Python modules and packages
that a developer of this bot has installed (Python 3.11 and `requirements/dev.txt`, 5,224 files), without the names of
that trade.
"""

_WORDS = """
abort about above absolute abstract accept accepted accepting accepts access accessed accessible accessing according
accordingly account acquire across action actions active actual actually adapted adapter added adding addition
additional additionally address addresses adjust advance advanced affect affected after afterwards again against
algorithm alias aliases alive allow allowed allowing allows almost along alpha already alternate alternative
alternatively although always among amount anchor annotated annotation annotations another anything anyway anywhere
appear appears append appended appending applicable application applications applied applies apply applying approach
appropriate approximate arbitrary archive argument arguments arithmetic around array arrays assert assign assigned
assignment associated assume assumed assumes assuming asynchronous attach attached attempt attempted attempting
attempts attribute attributes authentication automatic automatically available avoid avoids aware background backslash
backward backwards based bases basic basically because become becomes before begin beginning begins behave behaves
behavior behaviour being belong belongs below better between beyond binary binding blank block blocking blocks
booleans bottom bound bounded brackets break breaks broken buffer buffered buffers build building builds built
bytearray cache cached caches caching calculate calculated callables called caller callers calling calls cannot
canonical capture captured carry cases catch category caught cause caused causes caution certain chain change changed
changes changing character characters chars charset check checked checking checks child children choice choices choose
chosen chunk chunks circular class classes clean cleanup clear cleared clears client close closed closes closest
closing codec codes collect collected collecting collection collections collects colon color colors column columns
combination combine combined combines combining comes comma command commands comment comments common commonly compact
compare compared compares comparing comparison comparisons compatibility compatible compile compiled compiler complete
completed completely completes completion complex component components compressed compression compute computed
concatenate concatenated concrete concurrent condition conditions configuration configure configured conform connect
connected connection connections consecutive consider considered consistent consisting consists console constant
constants constraints construct constructed constructing construction constructor constructs consume consumed contain
contained container containers containing contains content contents context contexts continue control controlled
controls convenience convenient convention conversion convert converted converting converts copied copies copyright
coroutine correct correctly correspond corresponding corresponds could count counter counting counts cover covered
covers cpython create created creates creating creation cross current currently custom customize customized cycle
database debug debugging decide decimal declaration declarations declare declared decode decoded decoding decorated
default defaulting defaults define defined defines defining definition definitions delay delete deleted delimited
delimiter depend dependencies dependency dependent depending depends depth derive derived describe described describes
describing description descriptor descriptors design designed desired destination detail detailed details detect
detected detection determine determined determines determining device dictionaries dictionary differ difference
differences different differently differs digit digits direct direction directly directories directory disable
disabled disables discard discarded dispatch display displayed displays distinct distinguish distribution docstrings
doctest document documentation documented documents doing domain dotted double dropped dummy duplicate duplicates
duration during dynamic dynamically earlier early easier easily effect effective effects efficient effort either
element elements elsewhere email embedded emits emitted empty enable enabled enables enclosed enclosing encode encoded
encodes encoding encodings encountered ending enforce engine enough ensure ensures ensuring enter entered entering
entire entirely entries entry environment environments epoch equal equality equivalent error errors escape escaped
escapes escaping especially essentially established evaluate evaluated evaluates evaluating evaluation event events
eventually every everything exact exactly example examples except exception exceptions exclude excluded excluding
exclusive executable execute executed executes executing execution exist existence existing exists exiting exits
expand expanded expect expected expects expires explanation explicit explicitly export exports expose exposed exposes
expression expressions extend extended extension extensions external extra extract extracted factory failed failing
fails failure failures fallback falls false family faster feature features fetch field fields figure files filesystem
filled filter filtered filtering filters final finally finds finish finished first fixed flags float floating floats
flush follow followed following follows force format formats formatted formatting formed former forms forward
forwarded found fragment frame frames framework friendly front fully function functionality functions further future
garbage general generally generate generated generates generating generation generator generators generic getting
given gives giving global globals going greater group grouped grouping groups guarantee guaranteed guarantees guess
guide handle handled handler handlers handles handling happen happens hashable having header headers heading hello
helper helpers helpful helps hence hexadecimal hidden hierarchy higher highest hints history holding holds hooks
hostname however human identical identified identifier identifiers identifies identify identity ignore ignored
ignoring image immediate immediately immutable implement implementation implementations implemented implementing
implements implicit implies import importable important imported importing imports impossible include included
includes including inclusive incoming incomplete incorrect indent indentation indented independent independently index
indexes indexing indicate indicated indicates indicating indices indirectly individual inferred infinite infinity
information inherit inherited initial initialization initialize initialized initializer initializes initially inline
inner input inputs insensitive insert inserted insertion inserts inside inspect install installation installed
instance instances instantiate instantiated instantiating instantiation instead integer integers intended interaction
interactive interface interfaces intermediate internal internally interpreted interpreter interval introduced
introspection invalid invocation invoke invoked invokes invoking issue issued issues items iterables iterate iteration
itself joined keeping keeps keyword keywords kinds knowledge known knows label labels lambda language large larger
later latest latter lazily leading least leave leaves leaving legacy legal length letter level levels libraries
library license light likely limit limited limits lineno lines linked links listed listing lists literal literals
little loaded loader loading loads local localhost locals located location locations logger logging logic logical
longer longest looked looking looks lookup lookups loops lower lowercase machine magic mainly maintain maintained
major makes making manage managed management manager manages manner manual manually mapped mapping mappings marked
marker markers marking marks markup master match matched matches matching matter maximum maybe meaning meaningful
means meant mechanism member members memory merge merged message messages metaclass method methods middle might mimics
minimal minimum minor minus mirror missing mixed mixin model modes modification modified modifies modify modifying
module modules moment mostly moved multi multiple mutable named namedtuple names namespaces naming native nearest
necessarily necessary needed needs negative neither nested nesting network never newer newline newlines newly nodes
normal normalization normalize normalized normally notation notes nothing number numbers numeric object objects obtain
obtained occur occurred occurrence occurrences occurs offset often older omitted opened opening opens operand operate
operates operating operation operations operator operators opposed optimization optimized option optional optionally
options order ordered ordering ordinary origin original originally other others otherwise outer output outputs outside
overridden override overrides overriding overwritten owner package packages pairs parameter parameters parent parents
parse parsed parser parses parsing partial partially particular particularly parts party passed passes passing
password patch patched pathname paths pattern patterns payload pending percent perform performance performed performs
perhaps period permission permissions pickle pickled place placed placeholder places plain platform platforms please
plugin plugins point pointer points policy populate populated portion position positional positions positive possible
possibly potential potentially practice precedence preceding precision predicate prefer preferred prefix prefixed
prefixes prepare prepended presence present preserve preserved pretty prevent previous previously primarily primary
print printed printing prints prior priority private probably problem problems process processed processes processing
produce produced produces program programs progress project prompt propagate proper properly properties property
protocol protocols provide provided provides providing proxy public purpose purposes python qualified queries query
question queue quickly quite quote quoted quotes raise raised raises raising random range ranges rather reached
readable reader reading reads ready really reason reasonable reasons receive received receives receiving recent
recently recognize recognized recommended record recorded records recursion recursive recursively reduce refer
reference referenced references refers reflect regardless register registered registering registers registry regular
related relative release releases relevant relies remain remaining remains remember remote remove removed removes
removing rename render rendered rendering repeat repeated repeatedly replace replaced replacement replaces replacing
report reported reporting reports represent representation representations represented representing represents request
requested requests require required requirement requirements requires reserved reset resets resolution resolve
resolved resolves resource resources respective respectively response responsible restore restrictions result
resulting results retained retrieve retrieved return returned returning returns reused reverse right round routine
rules runner running safely sample satisfy saved saving scheme schemes scope script scripts search searched searches
searching second seconds section security seealso seems segment segments select selected selection semantics sending
sends sense sensitive sentinel separate separated separately separator separators sequence sequences serialization
serialize serialized series server servers service session setting settings setup several shallow shape share shared
shell short shortcut shorter should showing shown shows shutdown signal signals signature signatures significant
silently similar similarly simple simpler simplest simplified simplify simply since single situations sizes skipped
slash slice slightly small smaller socket sockets software something sometimes sorted sorting source sources space
spaces special specialized specific specifically specification specifications specified specifies specify specifying
speed split splits square stable stack standard start started starting starts state statement statements states static
statistics status steps still stops storage store stored stores storing strategy stream streams strict strictly string
strings strip stripped stripping structure structures stuff style styles subclassed subclassing subject subprocess
subsequent subset substring subtype succeeds success successful successfully suffix suitable suite summary super
supplied supply support supported supporting supports suppress switch symbol symbolic symbols symlink symlinks syntax
system systems table tables taken takes taking target targets tasks tells template temporarily temporary terminal
terminate terminated terminates terms tested testing tests textual their themselves there therefore these thing things
think third those though thread threads three through throw thrown timeout timer times timezone title together token
tokens tools total trace track trailing transfer transform transforms translate translated translation transparent
traversing treat treated tried tries trigger triggered triple truncated trying turned turns twice typed types typical
typically typing unavailable unchanged undefined under underlying underscore underscores unexpected union unique units
unknown unless unlike unpacked unset unspecified unsupported until unused update updated updates updating upper usable
usage useful username users using usual usually utilities utility valid validate validated validation value values
variable variables variant variants various verbose verify version versionadded versionchanged versions virtual
visible waiting warning warnings whatever whenever where whether which while whitespace whole whose width wildcard
window within without words workaround working works world would wrapped wrapper wrappers wrapping wraps writable
write writer writes writing written wrong yield yielded yielding yields yourself
"""
COMMON = frozenset(_WORDS.split())
