package io.sekimori.itests.framework;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.itests.support.Bench;
import io.sekimori.itests.support.Parts;
import io.sekimori.keys.Keys;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Progress;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The gateway of a scenario, seen by a bundle in it. */
final class Gateway {

    private static final Origin ORIGIN = new Origin("itest", "local");

    private final BundleContext context;
    private final Services services;
    private final Bench bench;

    private Gateway(BundleContext context, Services services, Bench bench) {
        this.context = context;
        this.services = services;
        this.bench = bench;
    }

    /** The gateway that the bench has started. */
    static Gateway on(BundleContext context) throws InterruptedException {
        Services services = new Services(context);
        Bench bench = services.await(Bench.class);
        Gateway gateway = new Gateway(context, services, bench);
        gateway.awaitCapabilities();
        return gateway;
    }

    /** Waits until everything is there that a transition needs. */
    void awaitCapabilities() throws InterruptedException {
        services.await(AuditLog.class);
        services.await(Keys.class);
        services.await(Configurations.class);
        services.await(UpdateService.class);
    }

    Services services() {
        return services;
    }

    Bench bench() {
        return bench;
    }

    UpdateService update() throws InterruptedException {
        return services.await(UpdateService.class);
    }

    /** Goes to these parts, and answers how that ended; notes what runs. */
    TransitionReport transition(Parts next) throws IOException, InterruptedException {
        return transition(next, (engine, progress) -> {});
    }

    /** The same; {@code watching} hears of each step, with the engine that was asked. */
    TransitionReport transition(Parts next, BiConsumer<UpdateService, Progress> watching)
            throws IOException, InterruptedException {
        TransitionReport report = apply(bench.pack(next), watching);
        if (report.outcome() instanceof Outcome.Confirmed) {
            bench.runs(next);
        }
        return report;
    }

    /** Applies a pack that the engine must begin with. */
    TransitionReport apply(Path pack) throws InterruptedException {
        return apply(pack, (engine, progress) -> {});
    }

    /** The same; {@code watching} hears of each step. */
    TransitionReport apply(Path pack, BiConsumer<UpdateService, Progress> watching) throws InterruptedException {
        UpdateService engine = update();
        Follower follower = new Follower(context, progress -> watching.accept(engine, progress));
        ApplyAnswer answer = engine.apply(pack, ORIGIN, follower);
        if (answer instanceof ApplyAnswer.NotStarted refused) {
            throw new AssertionError("not begun: " + refused.reason());
        }
        return follower.await();
    }

    /** The reason for which the engine does not even begin, or what the transition is refused for. */
    String refusal(Path pack) throws InterruptedException {
        UpdateService engine = update();
        Follower follower = new Follower(context, progress -> {});
        ApplyAnswer answer = engine.apply(pack, ORIGIN, follower);
        if (answer instanceof ApplyAnswer.NotStarted refused) {
            return refused.reason().code();
        }
        Outcome outcome = follower.await().outcome();
        if (outcome instanceof Outcome.Refused refused) {
            return refused.reason().code();
        }
        throw new AssertionError("not refused: " + outcome);
    }

    /** Every bundle with its state, by symbolic name and version, but for the test container's own. */
    TreeMap<String, Integer> bundles() {
        TreeMap<String, Integer> states = new TreeMap<>();
        Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("reference:"))
                .forEach(bundle -> states.put(bundle.getSymbolicName() + "/" + bundle.getVersion(), bundle.getState()));
        return states;
    }

    /** The bundles of that symbolic name that came through the gate. */
    List<Bundle> named(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getLocation().startsWith("reference:"))
                .toList();
    }
}
