/**
 * The names that a language has by itself: its keywords, and its built-in functions, types and their members. That one
 * of them is needed does not tell that another file of the repository is.
 */

export function languageNames(path: string): ReadonlySet<string> {
  return path.endsWith(".py") ? python : ecmaScript;
}

/** ECMAScript's, the global names of Node and of browsers, and TypeScript's keywords and utility types. */
const ecmaScript = namesOf(
  "AbortController AbortSignal AggregateError Array ArrayBuffer ArrayLike AsyncDisposableStack AsyncGenerator " +
    "AsyncIterable AsyncIterableIterator AsyncIterator Atomics Awaited BYTES_PER_ELEMENT BigInt BigInt64Array " +
    "BigUint64Array Blob Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy Capitalize CloseEvent Collator " +
    "CompressionStream ConstructorParameters CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException " +
    "DataView Date DateTimeFormat DecompressionStream DisplayNames DisposableStack Document DurationFormat " +
    "EPSILON Element Error EvalError Event EventTarget Exclude Extract File FinalizationRegistry Float16Array " +
    "Float32Array Float64Array FormData Function Generator HTMLElement Headers Infinity InstanceType Int16Array " +
    "Int32Array Int8Array Intl Iterable IterableIterator Iterator JSON LN10 LN2 LOG10E LOG2E ListFormat Locale " +
    "Lowercase MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE Map Math MessageChannel MessageEvent " +
    "MessagePort NEGATIVE_INFINITY NaN Navigator NoInfer Node NonNullable Number NumberFormat Object Omit " +
    "POSITIVE_INFINITY Parameters Partial Performance PerformanceEntry PerformanceMark PerformanceMeasure " +
    "PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming Pick PluralRules Promise " +
    "PromiseConstructor PromiseLike PropertyKey Proxy RangeError ReadableByteStreamController ReadableStream " +
    "ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController " +
    "ReadableStreamDefaultReader Readonly ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError Reflect " +
    "RegExp RelativeTimeFormat Request Required Response ReturnType SQRT1_2 SQRT2 Segmenter Set SharedArrayBuffer " +
    "Storage String SubtleCrypto SuppressedError Symbol SyntaxError TemplateStringsArray TextDecoder " +
    "TextDecoderStream TextEncoder TextEncoderStream ThisType TransformStream TransformStreamDefaultController " +
    "TypeError URIError URL URLPattern URLSearchParams UTC Uint16Array Uint32Array Uint8Array Uint8ClampedArray " +
    "Uncapitalize Uppercase WeakMap WeakRef WeakSet WebAssembly WebSocket Window WritableStream " +
    "WritableStreamDefaultController WritableStreamDefaultWriter abs abstract accessor acos acosh add all " +
    "allSettled any apply asIntN asUintN asin asinh asserts assign async asyncDispose asyncIterator atan atan2 " +
    "atanh atob await bigint bind boolean break btoa buffer byteLength byteOffset call captureStackTrace case " +
    "catch cbrt ceil charAt charCodeAt class clear clearImmediate clearInterval clearTimeout clz32 codePointAt " +
    "compile concat console const construct constructor continue copyWithin cos cosh create crypto debugger " +
    "declare decodeURI decodeURIComponent default defineProperties defineProperty delete deleteProperty deref " +
    "description detached difference dispose document dotAll drop else encodeURI encodeURIComponent endsWith " +
    "entries enum escape eval every exec exp expm1 export exports extends f16round false fetch fill filter " +
    "finally find findIndex findLast findLastIndex flags flat flatMap floor for forEach freeze from fromAsync " +
    "fromCharCode fromCodePoint fromEntries fround function get getBigInt64 getBigUint64 getCanonicalLocales " +
    "getDate getDay getFloat16 getFloat32 getFloat64 getFullYear getHours getInt16 getInt32 getInt8 " +
    "getMilliseconds getMinutes getMonth getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames " +
    "getOwnPropertySymbols getPrototypeOf getSeconds getTime getTimezoneOffset getUTCDate getUTCDay " +
    "getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds getUint16 getUint32 " +
    "getUint8 getYear global globalThis groupBy has hasIndices hasInstance hasOwn hasOwnProperty hypot ignoreCase " +
    "implements import imul includes indexOf infer instanceof interface intersection isArray isConcatSpreadable " +
    "isDisjointFrom isError isExtensible isFinite isFrozen isInteger isNaN isPrototypeOf isRawJSON isSafeInteger " +
    "isSealed isSubsetOf isSupersetOf isView isWellFormed iterator join keyFor keyof keys lastIndexOf length let " +
    "localeCompare log log10 log1p log2 map match matchAll max maxByteLength message min module name namespace " +
    "navigator never new normalize now null number object out override ownKeys package padEnd padStart parse " +
    "parseFloat parseInt performance pop pow prepareStackTrace preventExtensions private process " +
    "propertyIsEnumerable protected prototype public push queueMicrotask race random raw rawJSON readonly reduce " +
    "reduceRight reject repeat replace replaceAll require resizable resize resolve return reverse revocable round " +
    "satisfies seal search set setBigInt64 setBigUint64 setDate setFloat16 setFloat32 setFloat64 setFullYear " +
    "setHours setImmediate setInt16 setInt32 setInt8 setInterval setMilliseconds setMinutes setMonth " +
    "setPrototypeOf setSeconds setTime setTimeout setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds " +
    "setUTCMinutes setUTCMonth setUTCSeconds setUint16 setUint32 setUint8 setYear shift sign sin sinh size slice " +
    "some sort source species splice split sqrt stackTraceLimit startsWith static sticky string stringify " +
    "structuredClone substring super supportedValuesOf switch symbol symmetricDifference take tan tanh test then " +
    "this throw toArray toDateString toExponential toFixed toGMTString toISOString toJSON toLocaleDateString " +
    "toLocaleLowerCase toLocaleString toLocaleTimeString toLocaleUpperCase toLowerCase toPrecision toPrimitive " +
    "toReversed toSorted toSpliced toString toStringTag toTimeString toUTCString toUpperCase toWellFormed " +
    "transfer transferToFixedLength trim trimEnd trimLeft trimRight trimStart true trunc try type typeof " +
    "undefined unescape unicode unicodeSets union unique unknown unscopables unshift using valueOf values var " +
    "void while window with withResolvers yield",
);

/** Python 3's, with the members of its built-in types. */
const python = namesOf(
  "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError " +
    "BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError " +
    "ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning " +
    "EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError " +
    "FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError " +
    "IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None " +
    "NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning " +
    "PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning " +
    "StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True " +
    "TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError " +
    "UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs add add_note aiter all and anext any " +
    "append args as_integer_ratio ascii assert async await bin bit_count bit_length bool break breakpoint " +
    "bytearray bytes callable capitalize case casefold center chr class classmethod clear close cls compile " +
    "complex conjugate continue copy count decode def del delattr deleter denominator dict difference " +
    "difference_update dir discard divmod elif else encode endswith enumerate eval except exec expandtabs extend " +
    "fdel fget filter finally find float for format format_map from from_bytes fromhex fromkeys frozenset fset " +
    "get getattr getter global globals hasattr hash help hex imag import index indices input insert int " +
    "intersection intersection_update is_integer isalnum isalpha isascii isdecimal isdigit isdisjoint " +
    "isidentifier isinstance islower isnumeric isprintable isspace issubclass issubset issuperset istitle isupper " +
    "items iter join keys lambda len list ljust locals lower lstrip maketrans map match max memoryview min mro " +
    "next nonlocal not numerator object oct open ord partition pass pop popitem pow print property raise range " +
    "real remove removeprefix removesuffix replace repr return reverse reversed rfind rindex rjust round " +
    "rpartition rsplit rstrip self send set setattr setdefault setter slice sort sorted split splitlines start " +
    "startswith staticmethod step stop str strip sum super swapcase symmetric_difference " +
    "symmetric_difference_update throw title to_bytes translate try tuple type union update upper values vars " +
    "while with with_traceback yield zfill zip",
);

function namesOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
