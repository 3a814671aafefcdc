package io.sekimori.benchmarks.load;

import io.sekimori.status.StatusService;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Does what the file {@code orders} in the folder {@value #FOLDER} says, line by line, and adds a line to
 * {@code results} for each: calls made, calls lost, the longest pause in nanoseconds, and the milliseconds the order
 * took, or what {@link Statuses} says; a line that begins with {@code !} says what went wrong instead. The file {@code ready} tells when this
 * component, in the highest start level, was activated, and how many bundles were active by then.
 *
 * <p>Orders: {@code lanes N}, 0 for no calls, then any of {@code quiet}, {@code apply PACK}, {@code update [NAME JAR]...}
 * and {@code statuses N}, each after the milliseconds that its window lasts at least.
 */
@Component(
        service = {},
        immediate = true)
public final class Orders {

    /** The environment variable that names the folder. */
    static final String FOLDER = "SEKIMORI_BENCHMARK";

    private final BundleContext context;
    private final ComponentFactory<Lane> lanes;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService updates;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable StatusService statuses;

    /** Called by Declarative Services. */
    @Activate
    public Orders(
            BundleContext context,
            @Reference(target = "(component.factory=" + Lane.FACTORY + ")") ComponentFactory<Lane> lanes) {
        this.context = context;
        this.lanes = lanes;
    }

    @Activate
    void start() throws IOException {
        String name = System.getenv(FOLDER);
        if (name == null) {
            return;
        }
        Path folder = Path.of(name);
        long active = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING)
                .count();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Path half = folder.resolve("ready.half");
        Files.writeString(half, micros + " " + active);
        Files.move(half, folder.resolve("ready"), StandardCopyOption.ATOMIC_MOVE);
        List<String> orders =
                Files.exists(folder.resolve("orders")) ? Files.readAllLines(folder.resolve("orders")) : List.of();
        if (!orders.isEmpty()) {
            Thread thread = new Thread(() -> work(orders, folder.resolve("results")), "sekimori-orders");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Deactivate
    void stop() {
        stopped.countDown();
    }

    private void work(List<String> orders, Path results) {
        Callers callers = new Callers(lanes(Integer.parseInt(orders.get(0).split(" ")[1])));
        callers.start();
        for (String order : orders.subList(1, orders.size())) {
            try {
                append(results, window(callers, order.split(" ")));
            } catch (IOException | BundleException | InterruptedException e) {
                append(results, "!" + order + ": " + e);
            }
        }
        callers.stop();
    }

    private String window(Callers callers, String[] words) throws IOException, BundleException, InterruptedException {
        long begin = System.nanoTime();
        callers.nextWindow();
        switch (words[1]) {
            case "quiet" -> {}
            case "apply" -> Swaps.apply(service(), Path.of(words[2]));
            case "update" -> Swaps.update(context, Arrays.copyOfRange(words, 2, words.length));
            case "statuses" -> {
                return Statuses.sign(statuses, Integer.parseInt(words[2]));
            }
            default -> throw new IOException("no such order");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration rest = Duration.ofMillis(Long.parseLong(words[0])).minus(took);
        if (stopped.await(Math.max(0, rest.toMillis()), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the bundle is stopped");
        }
        return callers.nextWindow() + " " + took.toMillis();
    }

    private UpdateService service() throws IOException {
        UpdateService current = updates;
        if (current == null) {
            throw new IOException("no update service");
        }
        return current;
    }

    private List<Lane> lanes(int count) {
        List<Lane> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Lane.TARGET, "(lane=" + i + ")");
            all.add(lanes.newInstance(properties).getInstance());
        }
        return all;
    }

    private static void append(Path file, String line) {
        try {
            Files.write(
                    file,
                    (line + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
