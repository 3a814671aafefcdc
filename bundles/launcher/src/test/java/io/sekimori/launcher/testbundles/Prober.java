package io.sekimori.launcher.testbundles;

import io.sekimori.launcher.Admission;
import io.sekimori.launcher.AdmitResult;
import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Restart;
import io.sekimori.launcher.UnadmittedListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Tries, from inside a running gateway, what the system property {@code test.probe} names, and prints what came of it. */
public final class Prober implements BundleActivator {

    @Override
    public void start(BundleContext context) throws Exception {
        context.registerService(
                UnadmittedListener.class, bundle -> say("heard", bundle.symbolicName() + "/" + bundle.version()), null);
        Admission admission = context.getService(context.getServiceReference(Admission.class));
        switch (System.getProperty("test.probe", "")) {
            case "install" -> install(context, admission);
            case "update" -> update(context, admission);
            case "fragment" -> fragment(context, admission);
            case "extension" -> extension(context);
            case "squatter" -> squatter(context, admission);
            case "swap" -> swap(context, admission);
            case "rehearse" -> context.addFrameworkListener(event -> rehearseOnceStarted(context, event));
            case "replaced" -> replaced(context);
            case "changed" -> changed(context, admission);
            case "framework-update" -> {
                context.installBundle("around", open("around")).getState();
                context.getBundle(0).update();
            }
            case "framework-update-later" -> context.addFrameworkListener(event -> updateOnceStarted(context, event));
            case "framework-stop" -> context.getBundle(0).stop();
            case "exit" -> System.exit(0);
            case "exit-later" -> context.addFrameworkListener(Prober::exitOnceStarted);
            case "restart" ->
                context.getService(context.getServiceReference(Restart.class)).restart("the test asks for it");
            default -> say("probe", "none");
        }
    }

    private static void rehearseOnceStarted(BundleContext context, FrameworkEvent event) {
        if (event.getType() != FrameworkEvent.STARTED) {
            return;
        }
        Rehearsal rehearsal = context.getService(context.getServiceReference(Rehearsal.class));
        List<Integer> before = states(context);
        Rehearsed own = rehearsal.rehearse(OptionalInt.empty(), 1);
        say("own", String.valueOf(((Rehearsed.Resolved) own).cold().equals(rehearsal.wiring())));
        Rehearsed next = rehearsal.rehearse(OptionalInt.of(1), 2);
        say("next", String.valueOf(((Rehearsed.Resolved) next).hotEqualsCold()));
        say("undisturbed", String.valueOf(states(context).equals(before)));
        say("done", "rehearse");
    }

    private static List<Integer> states(BundleContext context) {
        return Arrays.stream(context.getBundles()).map(Bundle::getState).toList();
    }

    private static void updateOnceStarted(BundleContext context, FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            try {
                context.installBundle("around", open("around"));
                context.getBundle(0).update();
            } catch (BundleException | IOException e) {
                say("update", e.toString());
            }
        }
    }

    private static void exitOnceStarted(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            System.exit(0);
        }
    }

    private static void install(BundleContext context, Admission admission) throws Exception {
        Bundle around = context.installBundle("around", open("around"));
        say("start", startOutcome(around));
        say("resolve", String.valueOf(resolve(context, around)));
        say("state", String.valueOf(around.getState()));
        say("class", classOutcome(around));
        say("admitted", String.valueOf(admission.admitted(around)));
        say("listed", String.valueOf(admission.unadmitted().size()));
        say("unknown hash", installOutcome(admission, "0".repeat(64)));
        say("done", "install");
    }

    private static void update(BundleContext context, Admission admission) throws Exception {
        Bundle victim = bundle(context, "test.victim");
        say("before", String.valueOf(admission.admitted(victim)));
        victim.update(open("around"));
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(victim));
        say("after", String.valueOf(admission.admitted(victim)));
        say("start", startOutcome(victim));
        say("done", "update");
    }

    private static void fragment(BundleContext context, Admission admission) throws Exception {
        context.installBundle("fragment", open("fragment"));
        say("admit", admit(admission));
        Bundle host = admission.install(System.getProperty("test.sha256"), 1);
        say("resolve", String.valueOf(resolve(context, host)));
        URL injected = host.getResource("injected.txt");
        say("injected", String.valueOf(injected));
        say("done", "fragment");
    }

    private static void extension(BundleContext context) throws Exception {
        try {
            Bundle extension = context.installBundle("extension", open("extension"));
            say("extension", "installed, state " + extension.getState() + " " + startOutcome(extension));
        } catch (BundleException e) {
            say("extension", "refused");
        }
        Bundle victim = bundle(context, "test.victim");
        try {
            victim.update(open("extension"));
            say("update", "done, state " + victim.getState());
        } catch (BundleException e) {
            say("update", "refused");
        }
        say("done", "extension");
    }

    /** Somebody installs other bytes under the location at which the launcher would install verified ones. */
    private static void squatter(BundleContext context, Admission admission) throws Exception {
        String sha256 = System.getProperty("test.sha256");
        String location = bundle(context, "test.victim").getLocation().replaceAll("[0-9a-f]{64}", sha256);
        say("admit", admit(admission));
        Bundle squatter = context.installBundle(location, open("around"));
        Bundle installed = admission.install(sha256, 1);
        say("same", String.valueOf(squatter.equals(installed)));
        say("name", installed.getSymbolicName());
        say("resolve", String.valueOf(resolve(context, installed)));
        say("done", "squatter");
    }

    private static void swap(BundleContext context, Admission admission) throws Exception {
        Bundle old = bundle(context, "test.victim");
        say("admit", admit(admission));
        admission.withdraw(old);
        say("withdrawn admitted", String.valueOf(admission.admitted(old)));
        Bundle next = admission.install(System.getProperty("test.sha256"), 1);
        next.start();
        old.stop();
        say("next", next.getVersion() + " " + next.getState());
        admission.restore(old);
        old.start();
        say("restored", old.getVersion() + " " + old.getState());
        admission.dismiss(2);
        next.uninstall();
        say("dismissed", installOutcome(admission, System.getProperty("test.sha256")));
        say("done", "swap");
    }

    /** Somebody replaces the file of a bundle in the store and has the bundle read it anew. */
    private static void replaced(BundleContext context) throws Exception {
        Bundle victim = bundle(context, "test.victim");
        Path file = Path.of(java.net.URI.create(victim.getLocation().substring("reference:".length())));
        Files.move(
                Path.of(System.getProperty("test.jars"), "around.jar"),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(java.util.List.of(victim), event -> refreshed.countDown());
        refreshed.await();
        say("replaced", startOutcome(victim));
        say("done", "replaced");
    }

    /** Somebody replaces a file of the store between its verification and its installation. */
    private static void changed(BundleContext context, Admission admission) throws Exception {
        String sha256 = System.getProperty("test.sha256");
        say("admit", admit(admission));
        String location = bundle(context, "test.victim").getLocation().replaceAll("[0-9a-f]{64}", sha256);
        Path file = Path.of(java.net.URI.create(location.substring("reference:".length())));
        Files.move(
                Path.of(System.getProperty("test.jars"), "around.jar"),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        say("changed", installOutcome(admission, sha256));
    }

    private static String admit(Admission admission) {
        AdmitResult result = admission.admit(Integer.getInteger("test.admit", 2));
        return result instanceof AdmitResult.Refused refused ? refused.code() : "admitted";
    }

    private static String startOutcome(Bundle bundle) {
        try {
            bundle.start();
            return "started";
        } catch (BundleException e) {
            return "refused";
        }
    }

    private static String installOutcome(Admission admission, String sha256) {
        try {
            admission.install(sha256, 1);
            return "installed";
        } catch (BundleException e) {
            return "refused";
        }
    }

    private static boolean resolve(BundleContext context, Bundle bundle) {
        return context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
    }

    private static String classOutcome(Bundle bundle) {
        try {
            return bundle.loadClass("io.sekimori.launcher.testbundles.Intruder").getName();
        } catch (ClassNotFoundException e) {
            return "not found";
        }
    }

    private static Bundle bundle(BundleContext context, String symbolicName) {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new IllegalStateException("no bundle " + symbolicName);
    }

    private static InputStream open(String name) throws IOException {
        return Files.newInputStream(Path.of(System.getProperty("test.jars"), name + ".jar"));
    }

    private static void say(String what, String value) {
        System.err.println("probe " + what + ": " + value);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is kept.
    }
}
