# Sourced by ./test: timed stages with a log each, and the totals over the reports of the tests.
# All of it goes to standard output, in order. Expects $root, and $out, the folder of the logs.

stages=()
failed_logs=()
broken=0
held=0
failed_lines=0

# The lines of Maven, and of our scripts, that tell progress.
progress='^\[INFO\] Building .*\[[0-9]+/[0-9]+\]$|Tests run:.*Time elapsed|BUILD (SUCCESS|FAILURE)|^-- '

# Runs "${@:2}" as the stage named $1; shows the lines that match $progress, and on failure what went wrong.
stage() {
    local name=$1 log start minutes outcome=passed
    log=$out/${name//[^A-Za-z0-9]/-}.log
    shift
    echo "== $name"
    start=$(date +%s)
    "$@" 2>&1 | tee "$log" | grep --line-buffered -E "$progress"
    if [ "${PIPESTATUS[0]}" -ne 0 ]; then
        outcome=FAILED
        broken=1
        failed_logs+=("$log")
        echo "The stage failed. From its log, $log:"
        complaints "$log"
    fi
    # What a stage proves apart from Surefire it says in lines of its own.
    held=$((held + $(grep -c '^-- passed: ' "$log")))
    failed_lines=$((failed_lines + $(grep -c '^-- FAILED: ' "$log")))
    minutes=$(awk -v s="$start" -v e="$(date +%s)" 'BEGIN { printf "%.1f", (e - s) / 60 }')
    stages+=("$minutes min  $outcome  $name")
}

# Runs Maven with "$@" through every test, also past those that fail, so that one run says all that is wrong. Maven then ends
# with 0 even where the process of the tests was lost; what it calls an error is one.
every_test() {
    local said=$out/maven.log
    maven "$@" -fae -Dmaven.test.failure.ignore | tee "$said" || return 1
    ! grep -q '^\[ERROR\]' "$said"
}

# Shows the demo on the JDK in folder $1; what it prints is its own report.
demonstrate() {
    local release
    release=$(jdk_release "$1")
    local progress=.
    stage "demo on JDK $release" demo_passes "$1" "$release"
}

demo_passes() {
    if JAVA_HOME=$1 "$root/sekimori" demo --exit </dev/null; then
        echo "-- passed: the demo on JDK $2"
    else
        echo "-- FAILED: the demo on JDK $2"
        return 1
    fi
}

# Prints what went wrong in the log $1: errors with the lines that explain them, without stack traces and advice on Maven.
complaints() {
    awk '
        /^\[ERROR\]/ { wanted = !/Re-run Maven|full stack trace|more information about the errors|Help 1\]|^\[ERROR\] *$|correcting the problems|mvn <args>|See dump files/ }
        /^\[(INFO|WARNING)\]/ { wanted = 0 }
        wanted && !/^[ \t]+at |^$/ { print; if (++lines == 150) exit }' "$1"
    grep -q '^\[ERROR\]' "$1" || tail -n 40 "$1"
}

# Everything Maven needs was fetched by an earlier run of these very poms: then nothing is asked of the network.
offline_when_resolved() {
    if [ "$(cat "$root/target/resolved" 2>/dev/null)" = "$(poms)" ]; then
        printf '%s' -o
    fi
}

remember_resolved() {
    [ "$broken" -ne 0 ] || poms >"$root/target/resolved"
}

poms() {
    find "$root" -name target -prune -o -name pom.xml -print0 | LC_ALL=C sort -z | xargs -0 cat | sha256sum
}

# Prints "tests failures errors skipped" over all reports of Surefire and Failsafe.
totals() {
    find "$root" \( -path '*/surefire-reports/TEST-*.xml' -o -path '*/failsafe-reports/TEST-*.xml' \) -exec cat {} + |
        awk '
            function value(line, name) {
                return match(line, " " name "=\"[0-9]+\"") ? substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
            }
            /<testsuite / {
                tests += value($0, "tests"); failures += value($0, "failures")
                errors += value($0, "errors"); skipped += value($0, "skipped")
            }
            END { print tests + 0, failures + errors + 0, skipped + 0 }'
}

# Prints what went wrong once more, since a build server may show the end alone, the stages and, as the last line, the totals; ends with 0 only if all stages held and some test ran.
report() {
    local tests failed skipped line
    read -r tests failed skipped < <(totals)
    tests=$((tests + held + failed_lines)) failed=$((failed + failed_lines))
    for line in "${failed_logs[@]}"; do
        echo ""
        echo "What failed, from $line:"
        complaints "$line"
    done
    echo ""
    for line in "${stages[@]}"; do
        echo "$line"
    done
    if [ "$tests" -eq 0 ]; then
        echo "No test ran."
        broken=1
    fi
    # A stage may fail without a failing test, by a check or a compiler error: it counts as one.
    if [ "$broken" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
    fi
    printf '%d passed, %d failed, %d skipped\n' $((tests - failed - skipped > 0 ? tests - failed - skipped : 0)) "$failed" "$skipped"
    [ "$broken" -eq 0 ] && [ "$failed" -eq 0 ]
}
