#!/bin/sh
# Builds and installs aiaudit. See usage() below, or run it with --help.
set -eu

usage() {
    cat <<'END'
Usage: ./install.sh [--demo] [--yes] [--prefix DIR] [--from DIR]
       ./install.sh --uninstall [--prefix DIR]

Builds aiaudit from this folder and installs it for you alone, without root rights. Run it again to update.

  --demo         When installed, audit the bundled demo company; the report goes to ~/aiaudit-demo.
  --yes          Install a missing JDK without asking (with the system's package manager).
  --prefix DIR   Install below DIR instead of ~/.local: the command becomes DIR/bin/aiaudit.
  --from DIR     Do not build: take what ./mvnw package left in DIR (aiaudit-*.jar and lib/). A Java 17
                 without compiler is then enough.
  --uninstall    Remove what an earlier run put there, and nothing else.
  --help         Print this text.

Needs a JDK 17 or newer: that of JAVA_HOME, of PATH or of the usual folders is taken, and one is offered
for installation where there is none. Building downloads libraries into ~/.m2 if you have such a folder,
else into .m2 in this folder.
END
}

# --- talking -----------------------------------------------------------------------------------------------------

say() { printf '%s\n' "$*"; }

# quoted PATH: as a shell takes it for one word, whatever is in it; without quotes where it needs none.
quoted() {
    case $1 in
        *[!A-Za-z0-9/._+-]* | '') printf "'%s'" "$(printf '%s' "$1" | sed "s/['\\\\]/'\\\\&'/g")" ;;
        *) printf '%s' "$1" ;;
    esac
}

# fail PROBLEM FIX [EXIT CODE]
fail() {
    printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
    exit "${3:-1}"
}

# ask QUESTION: true for yes. --yes answers; without a terminal the answer is no.
ask() {
    [ "$yes" = false ] || return 0
    (: </dev/tty) 2>/dev/null || return 1
    printf '%s [y/N] ' "$1" >/dev/tty
    IFS= read -r answer </dev/tty || return 1
    case $answer in
        y | Y | yes | Yes) return 0 ;;
        *) return 1 ;;
    esac
}

# Prints the path without links, so that it is spelt the same the next time; the end of it need not exist yet.
absolute() {
    (
        rest=
        above=$1
        while ! CDPATH='' cd -- "$above" 2>/dev/null; do
            rest=/$(basename -- "$above")$rest
            above=$(dirname -- "$above")
        done
        printf '%s%s\n' "$(pwd -P)" "$rest"
    )
}

# --- finding Java ------------------------------------------------------------------------------------------------

# Prints the feature number (17, 21, ...) of the Java below this home, or 0.
java_version() {
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p') || version=
    printf '%s\n' "${version:-0}"
}

# Prints the home of a java program, behind all links. Asked of Java itself: on macOS /usr/bin/java is a front.
home_of() {
    "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Prints places where a Java may be, one a line: what the user chose first.
java_homes() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    java=$(command -v java || :)
    [ -z "$java" ] || home_of "$java"
    for place in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        printf '%s\n' "$place"
    done
}

# find_java javac|java: sets java_home to the first Java 17 or newer that has this program, or to nothing.
find_java() {
    java_home=
    places=$(java_homes)
    while IFS= read -r place; do
        if [ -x "$place/bin/java" ] && [ -x "$place/bin/$1" ] && [ "$(java_version "$place")" -ge 17 ]; then
            java_home=$place
            return
        fi
    done <<END
$places
END
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages DEBIAN FEDORA BREW: each a list of package names, in the words of the system's package manager.
install_packages() {
    # shellcheck disable=SC2086 # lists of names
    if command -v apt-get >/dev/null; then
        as_root apt-get update && as_root apt-get install -y $1
    elif command -v dnf >/dev/null; then
        as_root dnf install -y $2
    elif command -v brew >/dev/null; then
        brew install $3
    else
        return 1
    fi
}

jdk_advice="Install one and run this again, or set JAVA_HOME to one.
    Debian, Ubuntu: sudo apt-get install default-jdk-headless   (before Debian 12 and Ubuntu 24.04: openjdk-17-jdk-headless)
    Fedora:         sudo dnf install java-21-openjdk-devel
    macOS:          brew install openjdk   (or the installer from https://adoptium.net)"

# Sets java_home; offers to install a JDK where there is none.
need_java() {
    wanted=javac
    [ -z "$from" ] || wanted=java
    find_java "$wanted"
    if [ -z "$java_home" ]; then
        ask "No JDK 17 or newer was found. Install one with the system's package manager?" ||
            fail "no JDK 17 or newer was found." "$jdk_advice"
        install_packages "default-jdk-headless" "java-21-openjdk-devel" "openjdk" ||
            fail "the JDK could not be installed." "$jdk_advice"
        find_java "$wanted"
        [ -n "$java_home" ] || fail "the JDK that was installed is older than 17." "$jdk_advice"
    fi
    say "Java:      $java_home ($(java_version "$java_home"))"
}

# --- building ----------------------------------------------------------------------------------------------------

# The Maven wrapper unpacks Maven with unzip: its checksum is that of the zip file.
need_unzip() {
    ! command -v unzip >/dev/null || return 0
    advice="Install the package unzip with the system's package manager, then run this again."
    ask "unzip is missing; the build unpacks Maven with it. Install it with the system's package manager?" ||
        fail "unzip is missing; the build unpacks Maven with it." "$advice"
    install_packages unzip unzip unzip || fail "unzip could not be installed." "$advice"
}

# Sets from to the folder with the jar and its lib folder.
build() {
    need_unzip
    say "Building:  $source (a minute or two; the first time downloads some 250 MB of libraries)"
    set -- -B -q -DskipTests -Dcyclonedx.skip=false package
    if [ ! -d "$HOME/.m2" ]; then
        export MAVEN_USER_HOME="$source/.m2"
        set -- "-Dmaven.repo.local=$source/.m2/repository" "$@"
    fi
    (cd "$source" && JAVA_HOME=$java_home ./mvnw "$@") ||
        fail "the build failed; Maven's messages stand above." "Check the network and the space on the disk, then run this again; 'cd $(quoted "$source") && ./mvnw package' shows more."
    from=$source/target
}

# --- what was installed: a list in the lib folder, one path a line, in the order in which it was made ---------------

# record PATH...
record() { printf '%s\n' "$@" >>"$list"; }

# make_folders DIR...: makes what is missing on the way to each, and records only that. The first call makes $home.
make_folders() {
    for folder; do
        missing=
        above=$folder
        while [ ! -d "$above" ]; do
            missing="$above
$missing"
            above=$(dirname -- "$above")
        done
        mkdir -p -- "$folder" || fail "the folder $folder could not be made." "Choose a folder of yours with --prefix DIR."
        printf '%s' "$missing" >>"$list"
    done
}

# is_ours PATH: in $prefix or in the report of the demo, or on the way to $prefix: such folders are in the list where
# they were made.
is_ours() {
    case $1 in
        */../* | */.. | */./* | */.) return 1 ;;
        "$prefix" | "$prefix"/* | "$report" | "$report"/*) return 0 ;;
    esac
    case $prefix in
        "$1"/*) return 0 ;;
        *) return 1 ;;
    esac
}

# is_left PATH: a folder elsewhere, or the report of a demo in another home folder. None of them is removed.
is_left() {
    case $1 in */aiaudit-demo | */aiaudit-demo/*) return 0 ;; esac
    [ -d "$1" ] && [ ! -h "$1" ]
}

# check_list: spells each path of the list as it is reached now, since $prefix may have been moved behind a link. A list
# that names what is not below $prefix is that of another folder, of which this one is a copy, or was changed.
check_list() {
    checked=
    while IFS= read -r path; do
        now=$path
        is_ours "$now" || now=$(absolute "$(dirname -- "$path")")/${path##*/}
        is_ours "$now" || now=$(absolute "$path")
        is_ours "$now" || now=$path
        is_ours "$now" || is_left "$now" ||
            fail "$list names $path, which is not in $prefix." "Nothing was removed. If this folder is a copy, delete it by hand, then install with --prefix DIR."
        checked="$checked$now
"
    done <"$list"
    printf '%s' "$checked" >"$list"
}

# remove_installed: removes what the list names, last first; folders only if nothing else is in them, else sets kept.
remove_installed() {
    kept=
    paths=$(sed '1!G;h;$!d' "$list")
    rm -f -- "$list"
    while IFS= read -r path; do
        is_ours "$path" || continue
        if [ -d "$path" ] && [ ! -h "$path" ]; then
            rmdir -- "$path" 2>/dev/null || kept="$path
$kept"
        else
            rm -f -- "$path"
        fi
    done <<END
$paths
END
}

# set_report_apart: takes the report of an earlier demo out of the list, since an update must not remove it; sets demo_report.
set_report_apart() {
    others=
    while IFS= read -r path; do
        case $path in
            "$report" | "$report"/* | */aiaudit-demo | */aiaudit-demo/*) demo_report="$demo_report$path
" ;;
            *) others="$others$path
" ;;
        esac
    done <"$list"
    printf '%s' "$others" >"$list"
}

uninstall() {
    [ -f "$list" ] || fail "aiaudit is not installed in $prefix." "Name the folder it was installed to with --prefix DIR."
    check_list
    remove_installed
    say "Removed aiaudit from $prefix."
    [ -z "$kept" ] || printf 'Left, because something else is in it:\n%s' "$kept"
}

# --- installing --------------------------------------------------------------------------------------------------

# refuse_foreign PATH...: what is there and was not put there by an earlier run stays. Empty folders are no matter.
refuse_foreign() {
    for path; do
        if [ ! -e "$path" ] && [ ! -h "$path" ]; then
            continue
        fi
        if [ -d "$path" ] && [ -z "$(ls -A -- "$path")" ]; then
            continue
        fi
        grep -Fqsx -- "$path" "$list" ||
            fail "$path is there already and was not put there by this installer." "Move it away, or install elsewhere with --prefix DIR."
    done
}

# put FILE TARGET [MODE]
put() {
    record "$2"
    { cp -- "$1" "$2" && chmod "${3:-644}" "$2"; } || fail "$2 could not be written." "Check the space on the disk, then run this again."
}

# The documentation with all that its pages link to. README.md and what else lies above docs is put beside its pages.
copy_documentation() {
    make_folders "$documentation/adr/0068" "$documentation/consultant" "$documentation/examples/ci"
    put "$source/docs/consultant/export.sh" "$documentation/consultant/export.sh"
    for example in "$source"/docs/examples/ci/*; do
        put "$example" "$documentation/examples/ci/${example##*/}"
    done
    for page in "$source"/docs/*.md "$source"/docs/adr/*.md "$source"/docs/adr/*/* "$source"/docs/*.json "$source"/docs/*.yaml; do
        put "$page" "$documentation/${page#"$source/docs/"}"
    done
    put "$source/LICENSE" "$documentation/LICENSE"
    put "$source/NOTICE" "$documentation/NOTICE"
    record "$documentation/README.md" "$documentation/CONTRIBUTING.md"
    {
        sed 's:](docs/:](:g' "$source/README.md" >"$documentation/README.md" &&
            sed 's:](docs/:](:g' "$source/CONTRIBUTING.md" >"$documentation/CONTRIBUTING.md" &&
            sed 's:](\.\./README:](README:g' "$source/docs/azure.md" >"$documentation/azure.md"
    } || fail "the documentation could not be written." "Check the space on the disk, then run this again."
}

copy_files() {
    make_folders "$home/lib" "$prefix/bin"
    put "$1" "$home/aiaudit.jar"
    for jar in "$from"/lib/*.jar; do
        put "$jar" "$home/lib/${jar##*/}"
    done
    [ ! -f "$from/aiaudit-bom.json" ] || put "$from/aiaudit-bom.json" "$home/aiaudit-bom.json"
    put "$source/LICENSE" "$home/LICENSE"
    put "$source/NOTICE" "$home/NOTICE"
    put "$source/src/main/licenses/LGPL-2.1.txt" "$home/LGPL-2.1.txt"
    put "$source/src/main/licenses/libraries.csv" "$home/libraries.csv"
    copy_documentation
    record "$home/java-home"
    printf '%s\n' "$java_home" >"$home/java-home"
    put "$source/src/main/sh/aiaudit" "$command" 755
}

# DuckDB's native library beside the jars. Left in its jar, each scan would unpack 70 MB into the temporary folder.
unpack_native() {
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) platform=linux_amd64 suffix=so ;;
        Linux-aarch64) platform=linux_arm64 suffix=so ;;
        Darwin-arm64) platform=macos_arm64 suffix=dylib ;;
        *) return 0 ;;
    esac
    [ -x "$java_home/bin/jar" ] || return 0
    make_folders "$home/native"
    record "$home/native/libduckdb_java.$suffix"
    unpacked=$(mktemp -d "$home/unpacked.XXXXXX")
    if ! repack_duckdb "$home"/lib/duckdb_jdbc-*.jar; then
        rm -rf -- "$unpacked"
        fail "DuckDB's native library could not be unpacked." "Check the space on the disk, then run this again."
    fi
    rm -rf -- "$unpacked"
    list_unpacked "$home"/lib/duckdb_jdbc-*.jar
}

# list_unpacked JAR: the list of libraries has the checksum of the jar as it was built; this adds those of its two parts.
list_unpacked() {
    [ -f "$home/aiaudit-bom.json" ] || return 0
    native="libduckdb_java.$suffix"
    jar_sum=$(sha256 "$1") && native_sum=$(sha256 "$home/native/$native") || return 0
    version=${1##*/duckdb_jdbc-}
    unpacked=$(mktemp "$home/unpacked.XXXXXX")
    { awk -v version="${version%.jar}" -v jar="lib/${1##*/}" -v jar_sum="$jar_sum" -v native="native/$native" -v native_sum="$native_sum" '
        function file(path, sum, what) {
            printf "    {\n      \"type\" : \"file\",\n      \"bom-ref\" : \"file:%s\",\n      \"name\" : \"%s\",\n", path, path
            printf "      \"version\" : \"%s\",\n      \"description\" : \"%s\",\n", version, what
            printf "      \"hashes\" : [\n        {\n          \"alg\" : \"SHA-256\",\n          \"content\" : \"%s\"\n        }\n      ]\n    },\n", sum
        }
        { print }
        /^  "components" : \[/ {
            file(native, native_sum, "The native library of duckdb_jdbc, for this platform")
            file(jar, jar_sum, "duckdb_jdbc without its native libraries, as it is installed")
        }' "$home/aiaudit-bom.json" >"$unpacked" && chmod 644 "$unpacked" && mv -- "$unpacked" "$home/aiaudit-bom.json"; } ||
        fail "$home/aiaudit-bom.json could not be written." "Check the space on the disk, then run this again."
}

# sha256 FILE: its checksum; fails where the system has no program for it.
sha256() {
    if command -v sha256sum >/dev/null 2>&1; then
        sum=$(sha256sum <"$1")
    else
        sum=$(shasum -a 256 <"$1" 2>/dev/null) || return 1
    fi
    printf '%s' "${sum%% *}"
}

# repack_duckdb JAR: takes the native libraries out of the driver's jar and keeps the one of this platform.
repack_duckdb() {
    mkdir "$unpacked/jar" && cd "$unpacked/jar" &&
        "$java_home/bin/jar" -xf "$1" &&
        mv "libduckdb_java.so_$platform" "$home/native/libduckdb_java.$suffix" &&
        rm -f libduckdb_java.so_* &&
        mv META-INF/MANIFEST.MF ../manifest &&
        "$java_home/bin/jar" -cfm ../duckdb.jar ../manifest . &&
        mv ../duckdb.jar "$1" &&
        cd "$source"
}

# The databases that a scan begins with, so that it need not make them (docs/adr/0060). A scan makes its own where they are missing.
prepare_databases() {
    make_folders "$home/prepared"
    record "$home/prepared/store.duckdb" "$home/prepared/work.duckdb"
    "$java_home/bin/java" -Djava.library.path="$home/native" -cp "$home/aiaudit.jar" \
        io.aiaudit.store.PreparedStore "$home/prepared" >/dev/null 2>&1 || {
        rm -rf -- "$home/prepared"/unfinished-*
        say "Note:      the databases of a scan could not be prepared; scans take a little longer."
    }
}

# Classes as a first run left them, for faster starts: an AOT cache where Java has it, else an archive of class data. One of a scan,
# and a small one for what prints a text, which a large one would slow down.
# They fit only this Java and these jars; when those change, Java starts without. Half an archive would crash Java,
# so it gets its name when it is whole. The names are short because the launcher splits the options at spaces.
archive_classes() {
    archive_of aiaudit completion
    record "$home/training.csv" "$home/training" "$home/training/aiaudit.json" "$home/training/aiaudit.html"
    cat >"$home/training.csv" <<'END'
BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName,EffectiveCost,ResourceId
1.5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS,1.5,arn:aws:sagemaker:eu-west-1:111122223333:endpoint/a
END
    archive_of scan scan --billing training.csv -q -f html,json -o training
    rm -rf -- "$home/training.csv" "$home/training"
    [ -f "$home/aiaudit.aot" ] || [ -f "$home/aiaudit.jsa" ] ||
        say "Note:      this Java makes no archive of classes; starts take a little longer."
}

# archive_of NAME ARGUMENT...: of the classes that aiaudit needs with these arguments
archive_of() {
    name=$1
    shift
    record "$home/new.archive" "$home/new.profile" "$home/$name.aot" "$home/$name.jsa"
    if [ "$(java_version "$java_home")" -ge 24 ]; then
        archive=$name.aot
        training "-XX:AOTMode=record -XX:AOTConfiguration=new.profile" "$@"
        training "-XX:AOTMode=create -XX:AOTConfiguration=new.profile -XX:AOTCache=new.archive" "$@"
        rm -f -- "$home/new.profile"
    else
        archive=$name.jsa
        training -XX:ArchiveClassesAtExit=new.archive "$@"
    fi
    [ ! -f "$home/new.archive" ] || mv -- "$home/new.archive" "$home/$archive"
}

# training OPTIONS ARGUMENT...
training() {
    (
        cd "$home" && AIAUDIT_JAVA_OPTIONS=$1 && export AIAUDIT_JAVA_OPTIONS && shift &&
            exec "$command" "$@" >/dev/null 2>&1 </dev/null
    ) || :
}

# What a shell and man look for below the prefix.
install_completion() {
    fish_file=$prefix/share/fish/vendor_completions.d/aiaudit.fish
    manual=$prefix/share/man/man1/aiaudit.1
    bash_file=$prefix/share/bash-completion/completions/aiaudit
    zsh_file=$prefix/share/zsh/site-functions/_aiaudit
    make_folders "${bash_file%/*}" "${zsh_file%/*}" "${fish_file%/*}" "${manual%/*}"
    record "$bash_file" "$zsh_file" "$fish_file" "$manual"
    "$command" completion bash >"$bash_file" || fail "the shell completion could not be written." "Run this again, and report it if it fails again."
    {
        printf '#compdef aiaudit\n'
        printf 'autoload -U +X bashcompinit && bashcompinit\n'
        printf 'source %s\n' "'$(printf '%s' "$bash_file" | sed "s/'/'\\\\''/g")'"
        printf '_bash_complete -o default -F _complete_aiaudit\n'
    } >"$zsh_file"
    "$command" completion fish >"$fish_file"
    cp -- "$source/docs/aiaudit.1" "$manual"
}

# A colon parts the paths that Java is given, the database opens none of the others, and the list has one path a line.
refuse_prefix() {
    case $prefix in
        *[:\;?\\[:cntrl:]]*)
            fail "aiaudit cannot run below $(quoted "$prefix"): it has one of : ; ? \\ or a control character in it." \
                "Choose another folder with --prefix DIR." 2
            ;;
    esac
}

install() {
    set -- "$from"/aiaudit-*.jar
    if [ ! -f "$1" ] || [ ! -d "$from/lib" ]; then
        fail "$from holds no aiaudit-*.jar with a lib folder." "Build with ./mvnw package and name its target folder, or leave --from out."
    fi
    [ $# = 1 ] || fail "$from holds several aiaudit-*.jar." "Build again with ./mvnw clean package."
    if [ -f "$list" ]; then check_list; else refuse_foreign "$home" "$documentation"; fi
    refuse_foreign "$command" "$prefix/share/bash-completion/completions/aiaudit" "$prefix/share/zsh/site-functions/_aiaudit" \
        "$prefix/share/fish/vendor_completions.d/aiaudit.fish" "$prefix/share/man/man1/aiaudit.1"
    kept=
    demo_report=
    if [ -f "$list" ]; then
        set_report_apart
        remove_installed
    fi
    say "Installing: $prefix"
    trap 'code=$?; [ $code = 0 ] || say "Not finished. Run this again, or remove what is there with: $(quoted "$source/install.sh") --uninstall --prefix $(quoted "$prefix")" >&2' EXIT
    make_folders "$home"
    printf '%s' "$kept$demo_report" >>"$list"
    copy_files "$1"
    unpack_native
    prepare_databases
    archive_classes
    install_completion
    trap - EXIT
    say "Installed: $command"
}

run_demo() {
    refuse_foreign "$report"
    make_folders "$report"
    code=0
    "$command" scan --demo -f html,csv,json -o "$report" || code=$?
    record "$report/aiaudit.html" "$report/aiaudit.csv" "$report/aiaudit.json"
    # 4: report written, with gaps. The demo has one on purpose.
    case $code in
        0 | 4) ;;
        *) fail "the demo ended with exit code $code; its messages stand above." "Report them, with what this prints: $command scan --demo --debug" ;;
    esac
    say "Report:    $report/aiaudit.html"
}

last_words() {
    case :$PATH: in
        *:"$prefix/bin":*) say "Next:      aiaudit scan --help" ;;
        *) say "Next:      $(quoted "$command") scan --help   (put $prefix/bin on your PATH to type just 'aiaudit')" ;;
    esac
    say "Remove:    $(quoted "$source/install.sh") --uninstall --prefix $(quoted "$prefix")"
}

# --- main --------------------------------------------------------------------------------------------------------

source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
prefix=
from=
yes=false
demo=false
action=install
while [ $# -gt 0 ]; do
    case $1 in
        --demo) demo=true ;;
        --yes | -y) yes=true ;;
        --uninstall) action=uninstall ;;
        --help | -h)
            usage
            exit
            ;;
        --prefix | --from)
            [ -n "${2:-}" ] || fail "$1 needs a folder." "Write for example: $1 \"\$HOME/tools\"" 2
            if [ "$1" = --prefix ]; then prefix=$2; else from=$2; fi
            shift
            ;;
        --prefix=?*) prefix=${1#*=} ;;
        --from=?*) from=${1#*=} ;;
        *) fail "install.sh does not know $1." "./install.sh --help lists what it knows." 2 ;;
    esac
    shift
done

[ -n "${HOME:-}" ] || fail "HOME is not set." "Set HOME to your home folder."
prefix=$(absolute "${prefix:-$HOME/.local}")
home=$prefix/lib/aiaudit
command=$prefix/bin/aiaudit
list=$home/installed.txt
documentation=$prefix/share/doc/aiaudit
report=$HOME/aiaudit-demo

if [ "$action" = uninstall ]; then
    uninstall
    exit
fi
refuse_prefix
need_java
if [ -n "$from" ]; then
    from=$(CDPATH='' cd -- "$from" 2>/dev/null && pwd -P) || fail "the folder given to --from does not exist." "Build with ./mvnw package and name its target folder."
else
    build
fi
install
[ "$demo" = false ] || run_demo
last_words
