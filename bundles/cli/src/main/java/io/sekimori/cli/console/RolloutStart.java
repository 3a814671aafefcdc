package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.Shell;
import io.sekimori.cli.WantedRelease;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori rollout start}: what, for whom, in which waves, and when it stops by itself. */
@Command(name = "start")
public final class RolloutStart implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("(?:(?<kind>slot|java)/)?+(?<name>[^/@]+)");

    private final Shell shell;

    @Mixin
    private FilterOptions filter;

    @Mixin
    private JsonOption json;

    @Option(names = "--name", paramLabel = "NAME", required = true, descriptionKey = "rollout.name")
    private String name;

    @Option(names = "--set", paramLabel = WantedRelease.FORM, descriptionKey = "rollout.set")
    private List<String> set = List.of();

    @Option(names = "--remove", paramLabel = "[slot/|java/]NAME", descriptionKey = "rollout.remove")
    private List<String> remove = List.of();

    @Option(names = "--gateways", paramLabel = "ID", split = ",", descriptionKey = "rollout.gateways")
    private List<String> gateways = List.of();

    @Option(names = "--all", descriptionKey = "rollout.all")
    private boolean all;

    @Option(names = "--waves", paramLabel = "N|N%", split = ",", descriptionKey = "rollout.waves")
    private List<String> waves = List.of();

    @Option(names = "--gate", descriptionKey = "rollout.gate")
    private boolean byHand;

    @Option(names = "--bear", paramLabel = "STATE=N", descriptionKey = "rollout.bear")
    private Map<String, Long> limits = Map.of();

    @Option(names = "--success", paramLabel = "PERCENT", defaultValue = "100", descriptionKey = "rollout.success")
    private long success;

    @Option(names = "--silent-after", paramLabel = "DURATION", defaultValue = "PT1H", descriptionKey = "rollout.silent")
    private String silentAfter;

    @Option(names = "--follow", descriptionKey = "rollout.follow")
    private boolean follow;

    /** The command in this shell. */
    public RolloutStart(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, MalformedJson {
        Map<String, Object> draft = draft();
        ConsoleClient console = ConsoleClient.signedIn(shell);
        JsonObject made = console.post("/v1/rollouts", draft).json();
        if (follow) {
            shell.note(RolloutText.line(made));
            return new RolloutWatch(shell, console, json.wanted()).untilSettled(made.string("id"));
        }
        if (json.wanted()) {
            shell.json(made.asMap());
        } else {
            shell.say(RolloutText.line(made));
            shell.tell("rollout.started", made.string("id"));
        }
        return ExitCode.OK.number();
    }

    private Map<String, Object> draft() throws Failure {
        Map<String, Object> draft = new TreeMap<>();
        draft.put("name", name);
        draft.put("changes", changes());
        if (!gateways.isEmpty()) {
            draft.put("gateways", gateways);
        } else if (all || !filter.words().isEmpty()) {
            draft.put("filter", filter.words());
        } else {
            throw new Failure(ExitCode.USAGE, "NO_GATEWAYS");
        }
        draft.put("waves", waves);
        Map<String, Object> borne = new TreeMap<>(limits);
        borne.put("success", success);
        draft.put("limits", borne);
        draft.put("automatic", !byHand);
        try {
            draft.put("silentAfterSeconds", Duration.parse(silentAfter).toSeconds());
        } catch (DateTimeParseException e) {
            throw new Failure(ExitCode.USAGE, "DURATION", silentAfter).because(e);
        }
        return draft;
    }

    private List<Map<String, Object>> changes() throws Failure {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (String text : set) {
            WantedRelease wanted = WantedRelease.parse(text);
            Map<String, Object> change = change(wanted.kind(), wanted.symbolicName());
            change.put("version", wanted.version());
            wanted.level().ifPresent(level -> change.put("startLevel", (long) level));
            changes.add(change);
        }
        for (String text : remove) {
            Matcher parts = NAME.matcher(text);
            if (!parts.matches()) {
                throw new Failure(ExitCode.USAGE, "CHANGE", text);
            }
            Kind kind = parts.group("kind") == null
                    ? Kind.BUNDLE
                    : Kind.valueOf(parts.group("kind").toUpperCase(Locale.ROOT));
            changes.add(change(kind, parts.group("name")));
        }
        return changes;
    }

    private static Map<String, Object> change(Kind kind, String symbolicName) {
        Map<String, Object> change = new TreeMap<>(Map.of("symbolicName", symbolicName));
        if (kind != Kind.BUNDLE) {
            change.put("kind", kind.name());
        }
        return change;
    }
}
