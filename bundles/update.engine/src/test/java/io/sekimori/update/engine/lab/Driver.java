package io.sekimori.update.engine.lab;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.keys.Keys;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.TrustedTime;
import io.sekimori.update.UnitReportListener;
import io.sekimori.update.UpdateException;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Lets a test outside of the framework drive the engine inside, with types of the JDK alone. The test leaves a map among
 * the system properties under the name in the header {@code Lab-Id}.
 */
public final class Driver implements BundleActivator, Function<List<String>, String>, ProgressListener {

    private final Map<String, ServiceRegistration<?>> capabilities = new TreeMap<>();
    private Map<String, Object> lab;
    private BundleContext context;
    private FakeCapabilities fake;
    private List<String> steps;
    private BlockingQueue<String> ends;
    private BlockingQueue<byte[]> reports;

    @Override
    @SuppressWarnings("unchecked") // the test puts in what it is asked for
    public void start(BundleContext bundleContext) throws Exception {
        context = bundleContext;
        Map<String, Object> lab = (Map<String, Object>)
                System.getProperties().get(context.getBundle().getHeaders("").get("Lab-Id"));
        steps = (List<String>) lab.get("steps");
        ends = (BlockingQueue<String>) lab.get("ends");
        reports = (BlockingQueue<byte[]>) lab.get("reports");
        fake = new FakeCapabilities((KeyPair) lab.get("device"), (List<String>) lab.get("notes"));
        apply(List.of("on", "audit"));
        apply(List.of("on", "keys"));
        apply(List.of("on", "config"));
        this.lab = lab;
        policy();
        lab.put("driver", this);
        lab.put("context", context);
    }

    @Override
    public void stop(BundleContext bundleContext) {
        capabilities.clear();
    }

    /** Commands: apply PACK, apply-seen PACK SHA256, apply-by CHANNEL PACK, plan PACK, seen PACK, fetch PACK BYTES, fetch-late PACK AT, plan-fetch PACK, preview PACK, preview-fetch PACK, report NONCE, listen, take-back PACK, cancel ID, follow ID, generation, hindrance CHANNEL, begins CHANNEL, defer HOURS, policy, time AT [EARLIEST], on NAME, off NAME. */
    @Override
    public String apply(List<String> command) {
        String argument = command.size() > 1 ? command.get(1) : "";
        return switch (command.get(0)) {
            case "apply" -> begin(argument);
            case "apply-seen" ->
                answer(update().apply(Path.of(argument), command.get(2), new Origin("tester", "local"), this));
            case "apply-by" -> answer(update().apply(Path.of(command.get(2)), new Origin("tester", argument), this));
            case "fetch" ->
                answer(update().apply(
                                new ZipSource(Path.of(argument), Long.parseLong(command.get(2))),
                                new Origin("console", "console"),
                                this));
            case "fetch-late" ->
                answer(update().apply(
                                new ZipSource(
                                        Path.of(argument), Long.MAX_VALUE, () -> time(command.get(2), command.get(2))),
                                new Origin("console", "console"),
                                this));
            case "plan-fetch" -> plan(update().plan(new ZipSource(Path.of(argument), Long.MAX_VALUE)));
            case "report" -> report(argument);
            case "listen" -> {
                capabilities.put(
                        "listener",
                        context.registerService(UnitReportListener.class, report -> reports.add(report), null));
                yield "";
            }
            case "seen" ->
                ((PlanAnswer.Planned) update().plan(Path.of(argument)))
                        .plan()
                        .signed()
                        .sha256();
            case "plan" -> plan(update().plan(Path.of(argument)));
            case "preview" -> plan(update().preview(Path.of(argument)));
            case "preview-fetch" -> plan(update().preview(new ZipSource(Path.of(argument), 0)));
            case "hindrance" ->
                update().hindrance(new Origin("console", argument))
                        .map(reason -> reason.code())
                        .orElse("");
            case "begins" ->
                update().begins(new Origin("console", argument))
                        .map(Instant::toString)
                        .orElse("");
            case "defer" -> {
                DeferAnswer answer =
                        update().defer(Duration.ofHours(Long.parseLong(argument)), new Origin("tester", "local"));
                yield answer instanceof DeferAnswer.Refused refused ? "!" + refused.reason() : "";
            }
            case "policy" -> policy();
            case "take-back" -> String.valueOf(update().takeBack(new ZipSource(Path.of(argument), Long.MAX_VALUE)));
            case "cancel" -> String.valueOf(update().cancel(argument));
            case "follow" -> String.valueOf(update().follow(argument, this));
            case "generation" -> String.valueOf(update().generation().orElse(0));
            case "recent" ->
                update().recent().stream().map(Driver::say).toList().toString();
            case "on" -> on(argument);
            case "time" -> time(argument, command.get(command.size() - 1));
            case "off" -> {
                capabilities.remove(argument).unregister();
                yield "";
            }
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    private String begin(String pack) {
        return answer(update().apply(Path.of(pack), new Origin("tester", "local"), this));
    }

    private static String answer(ApplyAnswer answer) {
        return answer instanceof ApplyAnswer.Started started
                ? started.id()
                : "!" + ((ApplyAnswer.NotStarted) answer).reason();
    }

    private String report(String nonce) {
        try {
            return new String(update().report(nonce), StandardCharsets.UTF_8);
        } catch (UpdateException e) {
            return "!" + e.reason();
        }
    }

    private static String plan(PlanAnswer answer) {
        if (answer instanceof PlanAnswer.Refused refused) {
            return "!" + refused.reason();
        }
        var plan = ((PlanAnswer.Planned) answer).plan();
        List<String> lines = new ArrayList<>();
        plan.bundles().stream()
                .filter(bundle -> bundle.symbolicName().startsWith("lab."))
                .forEach(bundle -> lines.add(bundle.action() + " " + bundle.symbolicName()));
        return "restart=" + plan.restart() + " copy=" + plan.disk().toCopyBytes() + " " + lines + " interrupts "
                + plan.interruptions().stream().map(each -> each.symbolicName()).toList() + " mends "
                + plan.remedies().stream().map(Plan.Remedy::english).toList();
    }

    private String time(String at, String earliest) {
        Instant clock = Instant.now();
        TimeReading reading = at.isEmpty()
                ? new TimeReading(Instant.EPOCH, TimeReading.Source.NONE, clock, Instant.EPOCH, Instant.EPOCH)
                : new TimeReading(
                        Instant.parse(at), TimeReading.Source.CONSOLE, Instant.EPOCH, clock, Instant.parse(earliest));
        capabilities.put(
                "time", context.registerService(TrustedTime.class.getName(), (TrustedTime) () -> reading, null));
        return "";
    }

    private String on(String name) {
        Class<?> type = Map.of("audit", AuditLog.class, "keys", Keys.class, "config", Configurations.class)
                .get(name);
        capabilities.put(name, context.registerService(type.getName(), fake, null));
        return "";
    }

    @SuppressWarnings("unchecked") // the test puts it in
    private String policy() {
        try {
            configure((Map<String, Object>) lab.get("policy"));
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(Map<String, Object> policy) throws IOException {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        context.getService(reference)
                .getConfiguration("io.sekimori.update.engine", "?")
                .update(new Hashtable<>(policy));
    }

    private UpdateService update() {
        return context.getService(context.getServiceReference(UpdateService.class));
    }

    @Override
    public void progress(Progress progress) {
        steps.add(progress.phase() + " " + progress.step());
    }

    @Override
    public void ended(TransitionReport report) {
        ends.add(say(report));
    }

    @Override
    public void handedOver(String id) {
        steps.add("handed over");
        Thread follower = new Thread(() -> followAgain(id), "lab-follower");
        follower.setDaemon(true);
        follower.start();
    }

    // Between two versions of the engine there may be a moment in which neither knows the transition.
    private void followAgain(String id) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
            try {
                if (update().follow(id, this)) {
                    return;
                }
            } catch (IllegalStateException | NullPointerException e) {
                Thread.onSpinWait(); // the one just went, or the framework with it
            }
        }
    }

    private static String say(TransitionReport report) {
        Outcome outcome = report.outcome();
        String name = outcome.getClass().getSimpleName() + " " + outcome.running();
        if (outcome instanceof Outcome.Refused refused) {
            return name + " " + refused.reason().code() + " " + refused.reason().detail();
        }
        if (outcome instanceof Outcome.Reverted reverted) {
            return name + " " + reverted.reason().code() + " "
                    + reverted.reason().detail();
        }
        if (outcome instanceof Outcome.Interrupted interrupted) {
            return name + " " + interrupted.reason().code() + " "
                    + interrupted.reason().detail();
        }
        return name;
    }
}
