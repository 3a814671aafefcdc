package io.sekimori.simulator;

import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All gateways: brings them in at the rate that was asked for, and lets them run. */
final class Simulation implements AutoCloseable {

    private static final int THREADS = 16;
    private static final String ACTIVATION = "activation.json";

    private final Options options;
    private final Tally tally;
    private final Log log;
    private final ScheduledExecutorService work = Executors.newScheduledThreadPool(THREADS);
    private final List<Gateway> gateways = new CopyOnWriteArrayList<>();
    private @Nullable FirstBundles first;

    Simulation(Options options, Tally tally, Log log) {
        this.options = options;
        this.tally = tally;
        this.log = log;
    }

    /** What one gateway begins with. */
    private record Place(int index, String serial, Path folder) {}

    /** Begins; returns at once. */
    void start() throws IOException, GeneralSecurityException {
        List<Place> places = places();
        long pauseMicros = TimeUnit.SECONDS.toMicros(1) / options.perSecond();
        for (Place place : places) {
            work.schedule(() -> join(place, places.size()), place.index * pauseMicros, TimeUnit.MICROSECONDS);
        }
    }

    /** A folder for each gateway, with its activation in it. */
    private List<Place> places() throws IOException, GeneralSecurityException {
        List<Place> places = new ArrayList<>();
        if (options.activations().isPresent()) {
            for (Path file : files(options.activations().get())) {
                String serial = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
                places.add(place(places.size(), serial, Optional.of(file)));
            }
            return places;
        }
        Registrar registrar = new Registrar(options.registration().orElseThrow());
        for (int i = 0; i < options.gateways(); i++) {
            Place place = place(i, String.format("simulated-%06d", i + 1), Optional.empty());
            if (!Files.exists(place.folder.resolve(ACTIVATION))) {
                try (Activation activation = registrar.register(place.serial, options.model())) {
                    Files.write(place.folder.resolve(ACTIVATION), activation.bytes());
                }
            }
            places.add(place);
        }
        return places;
    }

    private List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted()
                    .limit(options.gateways())
                    .toList();
        }
    }

    private Place place(int index, String serial, Optional<Path> activation) throws IOException {
        Path folder = Files.createDirectories(options.state().resolve(serial));
        if (activation.isPresent() && !Files.exists(folder.resolve(ACTIVATION))) {
            Files.copy(activation.get(), folder.resolve(ACTIVATION));
        }
        return new Place(index, serial, folder);
    }

    private void join(Place place, int all) {
        try (Activation activation = Activation.parse(Files.readAllBytes(place.folder.resolve(ACTIVATION)))) {
            Identity identity = identity(activation, place.folder);
            Unit unit = new Unit(
                    identity, options.model(), place.serial, place.folder, options.trust(), firstBundles(identity));
            Faults.Behaviour behaviour = options.faults().of(place.index, all);
            Gateway gateway = new Gateway(identity, unit, behaviour, options, work, tally, log);
            gateways.add(gateway);
            gateway.start(work, options.pollSeconds(), 1 + place.index % options.pollSeconds());
        } catch (IOException | GeneralSecurityException | MalformedJson | RuntimeException e) {
            // One that cannot join keeps none of the others from it; the executor would be silent about it.
            tally.count(Tally.Event.ENROL_FAILED);
            log.say(place.serial + ": " + e);
        }
    }

    private Identity identity(Activation activation, Path folder) throws IOException, GeneralSecurityException {
        if (Identity.isSaved(folder)) {
            return Identity.load(folder, activation.place());
        }
        long began = System.nanoTime();
        Identity identity = Enrolment.enrol(activation, folder);
        tally.took(Tally.Span.ENROL, began);
        tally.count(Tally.Event.ENROLLED);
        return identity;
    }

    /** Read once, by the first gateway that needs it. */
    private synchronized FirstBundles firstBundles(Identity identity) throws IOException, GeneralSecurityException {
        FirstBundles known = first;
        if (known == null) {
            known = FirstBundles.read(
                    new ConsoleFiles(identity.place().console(), identity.tls().getSocketFactory()), options.model());
            first = known;
        }
        return known;
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::stop);
        work.shutdownNow();
    }
}
