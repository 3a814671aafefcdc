# Sourced by ./sekimori: builds the product when its sources changed, and knows how its CLI is started.
# Expects $root and machine.sh.

# A short run: one compiler tier, no parallel collector, classes from the archive where it fits this JVM.
jvm_flags=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Xlog:all=error:stderr)
stamp=$root/target/sekimori/built

class_path() {
    # The CLI first: what only the demo needs is looked at last.
    local jars=("$root"/bundles/cli/target/io.sekimori.cli-*.jar "$root"/bundles/cli/target/lib/*.jar
        "$root"/demo/target/io.sekimori.demo-*.jar "$root"/demo/target/lib/org.apache.felix.framework-*.jar)
    local IFS=:
    printf '%s' "${jars[*]}"
}

# Prints one hash over the names and bytes of everything the product is built from; tests are no part of it.
product_sources() {
    # These folders alone: units and consoles that somebody makes in the clone change all the time.
    (cd "$root" && find LICENSE pom.xml bundles demo distrib features target-platform \
        \( -name target -o -name '.?*' -o -path '*/src/test' \) -prune -o -type f ! -name '*.md' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

product_built() {
    [ -r "$stamp" ] && [ -d "$root/distrib/console/target/bundles" ] && [ "$(<"$stamp")" = "$(product_sources)" ]
}

# Builds the CLI and the distribution. The log goes to a file; the terminal sees one line per module.
build_product() {
    local log=$root/target/sekimori/build.log sources started=$SECONDS
    need javac mvn
    mkdir -p "${log%/*}"
    exec {lock}>"${log%/*}/lock"
    flock "$lock"
    if product_built; then # by another process, while this one waited
        exec {lock}>&-
        return
    fi
    rm -f "$stamp"
    sources=$(product_sources)
    say "Building Sekimori on JDK $(jdk_release "$JAVA_HOME"); the log is $log"
    if ! maven package -Dmaven.test.skip -pl bundles/cli,distrib,distrib/broker,distrib/console,demo -am 2>&1 | tee "$log" |
        sed -un 's/^\[INFO\] Building \(.*[^ ]\)  *\[\([0-9]*\/[0-9]*\)\]$/  [\2] \1/p' >&2; then
        say "The build failed. The log ends:"
        tail -n 40 "$log" >&2
        exit 70
    fi
    printf '%s\n' "$sources" >"$stamp"
    exec {lock}>&-
    say "Built in $((SECONDS - started)) s."
}

# Prints the path of the class archive that fits this build and this JVM.
class_archive() {
    local build jvm
    build=$(<"$stamp")
    jvm=$(sha256sum <"$JAVA_HOME/release")
    printf '%s' "$root/target/sekimori/classes-${build:0:16}-${jvm:0:16}.jsa"
}

# Archives the classes that the CLI loads at its start; a JVM that cannot do so just starts without.
make_class_archive() {
    find "${1%/*}" -name 'classes-*.jsa' ! -newer "$stamp" -delete
    "$JAVA_HOME/bin/java" "${jvm_flags[@]}" -XX:ArchiveClassesAtExit="$1" \
        -cp "$(class_path)" io.sekimori.cli.Main --help >/dev/null 2>&1 </dev/null || true
}
