package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.DeviceReport.Transition;
import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.records.kit.Consoles;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Changes;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Director;
import io.sekimori.releases.Errand;
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.Order;
import io.sekimori.releases.Release;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.TakeBack;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.WaveSize;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.UnitReport;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.log.Logger;

/**
 * Gateways, a fleet and a director with just as much sense as rollouts need of them, and consoles that share real
 * records. Everything the director signs is counted, so that a test sees what was done twice.
 */
final class World {

    static final String BUNDLE = "org.example.meter";

    /** Nothing that happens to gateways stops a rollout. */
    static final Limits ANY = new Limits(99, 99, 99, 99, 0);

    /** What a Java runtime's symbolic name begins with here. */
    static final String RUNTIME = "org.example.java";

    /** A gateway as it is. */
    static final class Unit {
        final String id;
        final List<RunningBundle> running =
                new ArrayList<>(List.of(bundle("org.example.base", "1.0.0"), meter("1.0.0")));
        final List<RunningBundle> slot = new ArrayList<>(List.of(bundle("org.example.launcher", "1.0.0")));
        Life life = Life.ACTIVATED;
        long assignment;
        long accepted;
        long sequence;
        Optional<Transition> last = Optional.empty();
        Optional<DeviceReport> reported = Optional.empty();
        Optional<Instant> heard = Optional.empty();
        List<String> findings = List.of();
        final Map<String, Integer> levels = new TreeMap<>();

        Unit(String id) {
            this.id = id;
        }

        String key() {
            return id.substring(2).repeat(6).substring(0, 64);
        }

        List<RunningBundle> of(Changes.Part part) {
            return part.kind() == Release.Kind.BUNDLE ? running : slot;
        }

        Gateway gateway() {
            return new Gateway(
                    id,
                    "S" + id,
                    "M-1",
                    life,
                    Optional.of(key()),
                    Set.of(),
                    new Gateway.Contact(false, heard, Map.of()),
                    reported,
                    heard,
                    0,
                    Instant.EPOCH,
                    1);
        }

        /** What it said of start levels, for those who believe it. */
        String signed() {
            List<UnitReport.Item> items = running.stream()
                    .map(one -> new UnitReport.Item(
                            one.symbolicName(),
                            one.version(),
                            one.sha256(),
                            levels.getOrDefault(one.symbolicName(), 10)))
                    .toList();
            UnitReport report = new UnitReport(
                    "d".repeat(64),
                    "M-1",
                    "S" + id,
                    new UnitReport.Running(1, 1, assignment, items, List.of(), Map.of()),
                    new UnitReport.Trusted(1, 1, 1, 1, 1, accepted),
                    Optional.empty(),
                    List.of(),
                    Instant.EPOCH,
                    1,
                    "");
            byte[] any = {1};
            return new String(
                    SignedReport.<RuntimeException>sign(report, "EC_P256", any, message -> any),
                    StandardCharsets.UTF_8);
        }

        DeviceReport report() {
            reported = Optional.of(new DeviceReport(
                    ++sequence,
                    Instant.EPOCH,
                    "",
                    1,
                    findings.stream().noneMatch(finding -> finding.startsWith("FELL_BACK ")),
                    assignment,
                    accepted,
                    running,
                    slot,
                    findings,
                    last,
                    DeviceReport.Noted.NOTHING));
            return reported.get();
        }
    }

    final Map<String, Unit> units = new TreeMap<>();
    final Map<String, Order> orders = new TreeMap<>();
    final Map<String, Long> versions = new TreeMap<>();
    final List<String> signed = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Long> takenBack = new TreeMap<>();
    final Map<String, Long> held = new TreeMap<>();
    final Set<String> unreadable = new HashSet<>();
    boolean directorAway;
    Function<TakeBack, Optional<AssignAnswer>> insteadOfTakingBack = order -> Optional.empty();
    final Set<String> refusing = new HashSet<>();
    final FakeAudit audit = new FakeAudit();
    final AtomicLong version = new AtomicLong(100);
    final Consoles consoles;
    volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");
    Runnable afterSigning = () -> {};
    String floor = "the floor is higher";

    World(Consoles consoles, int count) {
        this.consoles = consoles;
        String course = letters(ThreadLocalRandom.current().nextInt(26 * 26 * 26 * 26), 4);
        for (int i = 0; i < count; i++) {
            String id = "g-" + letters(i, 8) + course;
            units.put(id, new Unit(id));
        }
        units.values().forEach(Unit::report);
    }

    private static String letters(int number, int count) {
        StringBuilder letters = new StringBuilder();
        for (int rest = number; letters.length() < count; rest /= 26) {
            letters.insert(0, (char) ('a' + rest % 26));
        }
        return letters.toString();
    }

    /** One more console on the same records. Its clock is this world's; it ticks when told. */
    WaveRollouts console() {
        WaveRollouts made = new WaveRollouts(logger(), new Standing());
        made.records = consoles.console();
        made.fleet = fleet();
        made.releases = releases();
        made.director = director();
        made.audit = audit;
        return made;
    }

    static RunningBundle bundle(String name, String version) {
        String digits = Integer.toHexString((name + version).hashCode() & 0x7fffffff);
        return new RunningBundle(name, version, digits + "0".repeat(64 - digits.length()));
    }

    static RunningBundle meter(String version) {
        return bundle(BUNDLE, version);
    }

    Draft draft(Limits limits, boolean automatic, String... waves) {
        return new Draft(
                "meter 2",
                new Selection.Matching(Map.of()),
                List.of(new BundleChange(BUNDLE, Optional.of("2.0.0"))),
                List.of(waves).stream().map(WaveSize::parse).toList(),
                limits,
                automatic,
                Duration.ofMinutes(10));
    }

    static Rollout accepted(RolloutAnswer answer) {
        return ((RolloutAnswer.Accepted) answer).rollout();
    }

    static RolloutAnswer act(WaveRollouts console, String id, Action action) throws RolloutException {
        return console.act(id, action, OptionalLong.empty(), "person:alice");
    }

    Map<String, Target> targets(WaveRollouts console, String id) throws RolloutException {
        Map<String, Target> found = new TreeMap<>();
        console.targets(id, Optional.empty(), OptionalInt.empty(), 500).forEach(one -> found.put(one.gateway(), one));
        return found;
    }

    List<String> in(WaveRollouts console, String id, TargetState state) throws RolloutException {
        return console.targets(id, Optional.of(state), OptionalInt.empty(), 500).stream()
                .map(Target::gateway)
                .toList();
    }

    /** The unit does what its newest assignment says, or what {@code outcome} says, and reports. */
    void obey(WaveRollouts console, String id, Outcome outcome) {
        obey(console, id, outcome, outcome == Outcome.CONFIRMED ? "" : "UNHEALTHY");
    }

    void obey(WaveRollouts console, String id, Outcome outcome, String code) {
        Unit unit = units.get(id);
        Order order = orders.get(unit.key());
        unit.accepted = versions.get(unit.key());
        if (outcome == Outcome.CONFIRMED) {
            unit.assignment = unit.accepted;
            order.changes().set().forEach(setting -> {
                if (setting.part().kind() == Release.Kind.JAVA) {
                    unit.slot.removeIf(one -> one.symbolicName().startsWith(RUNTIME));
                }
                put(unit.of(setting.part()), bundle(setting.part().symbolicName(), setting.version()));
                setting.startLevel()
                        .ifPresent(level -> unit.levels.put(setting.part().symbolicName(), level));
            });
            order.changes()
                    .remove()
                    .forEach(part ->
                            unit.of(part).removeIf(one -> one.symbolicName().equals(part.symbolicName())));
        }
        unit.last = Optional.of(new Transition("t", 1, 2, unit.accepted, outcome, code, "", "", now, Optional.empty()));
        DeviceReport report = unit.report();
        unit.heard = Optional.of(now);
        console.reported(unit.gateway(), report);
    }

    /** The unit says what became of an assignment, whichever it was. */
    void tell(WaveRollouts console, String id, long assignment, Outcome outcome, String code) {
        Unit unit = units.get(id);
        unit.last = Optional.of(new Transition("t", 1, 2, assignment, outcome, code, "", "", now, Optional.empty()));
        console.reported(unit.gateway(), unit.report());
    }

    /** The unit hears that what it was assigned is taken back, and says what became of it. */
    void hearTakenBack(WaveRollouts console, String id) {
        Unit unit = units.get(id);
        boolean late = unit.assignment >= takenBack.get(unit.key());
        unit.accepted = versions.get(unit.key());
        unit.last = Optional.of(new Transition(
                "t",
                1,
                2,
                unit.accepted,
                Outcome.REFUSED,
                late ? "TAKEN_BACK_TOO_LATE" : "TAKEN_BACK",
                "",
                "",
                now,
                Optional.empty()));
        console.reported(unit.gateway(), unit.report());
    }

    static void put(Unit unit, RunningBundle bundle) {
        put(unit.running, bundle);
    }

    private static void put(List<RunningBundle> list, RunningBundle bundle) {
        list.removeIf(one -> one.symbolicName().equals(bundle.symbolicName()));
        list.add(bundle);
    }

    private Fleet fleet() {
        return answering(Fleet.class, (name, arguments) -> switch (name) {
            case "all" ->
                ((Set<?>) arguments[0])
                        .stream()
                                .filter(units::containsKey)
                                .map(id -> units.get(id).gateway())
                                .toList();
            case "signedReports" ->
                units.values().stream()
                        .filter(unit -> !unit.levels.isEmpty())
                        .collect(Collectors.toMap(unit -> unit.id, Unit::signed));
            case "ids" ->
                matching((Filter) arguments[0]).stream()
                        .map(Gateway::id)
                        .limit((int) arguments[1])
                        .toList();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private List<Gateway> matching(Filter filter) {
        return units.values().stream()
                .map(Unit::gateway)
                .filter(gateway -> filter.life().isEmpty() || filter.life().get() == gateway.life())
                .toList();
    }

    private Releases releases() {
        return answering(Releases.class, (name, arguments) -> {
            boolean runtime = ((String) arguments[1]).startsWith(RUNTIME);
            if (!name.equals("release")
                    || arguments[2].equals("9.9.9")
                    || runtime != (arguments[0] == Release.Kind.JAVA)) {
                return Optional.empty();
            }
            RunningBundle bundle = bundle((String) arguments[1], (String) arguments[2]);
            return Optional.of(new Release(
                    bundle.symbolicName(),
                    bundle.version(),
                    (Release.Kind) arguments[0],
                    1,
                    0,
                    "overlap",
                    10,
                    bundle.sha256(),
                    List.of()));
        });
    }

    private Director director() {
        return new Director() {
            @Override
            public byte[] mandate(Errand errand) {
                throw new AssertionError("a rollout asks for no mandate");
            }

            @Override
            public List<AssignAnswer> assign(List<Order> batch, String actor) {
                List<AssignAnswer> answers =
                        batch.stream().map(order -> sign(order)).toList();
                afterSigning.run();
                return answers;
            }

            @Override
            public AssignAnswer takeBack(TakeBack order, String actor) {
                if (directorAway) {
                    throw new IllegalStateException("the console ended");
                }
                Optional<AssignAnswer> instead = insteadOfTakingBack.apply(order);
                if (instead.isPresent()) {
                    return instead.get();
                }
                long next = version.incrementAndGet();
                takenBack.put(order.device(), order.from());
                versions.put(order.device(), next);
                afterSigning.run();
                return new AssignAnswer.Assigned(order.device(), next);
            }

            @Override
            public Optional<HeldAssignment> held(String device) throws ReleasesException {
                if (unreadable.contains(device)) {
                    throw new ReleasesException("not to be read", null);
                }
                return Optional.ofNullable(held.get(device))
                        .map(version -> new HeldAssignment(device, version, "BELOW_FLOOR", floor));
            }

            @Override
            public Optional<CurrentAssignment> current(String device) {
                return Optional.ofNullable(versions.get(device))
                        .map(found -> new CurrentAssignment(device, found, Instant.EPOCH, Instant.MAX, "{}"));
            }
        };
    }

    private synchronized AssignAnswer sign(Order order) {
        if (refusing.contains(order.device())) {
            return new AssignAnswer.Refused(order.device(), "BELOW_FLOOR", floor);
        }
        long next = version.incrementAndGet();
        orders.put(order.device(), order);
        versions.put(order.device(), next);
        signed.add(order.device());
        return new AssignAnswer.Assigned(order.device(), next);
    }

    private interface Answer {
        Object of(String name, Object[] arguments);
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                World.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.of(method.getName(), arguments)));
    }

    static Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                World.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }

    private final class Standing extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
