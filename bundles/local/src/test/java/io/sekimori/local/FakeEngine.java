package io.sekimori.local;

import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateService;
import io.sekimori.update.UpdateSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine that does as the test says. */
final class FakeEngine implements UpdateService {

    static final Plan PLAN = new Plan(
            42,
            43,
            7,
            false,
            List.of(),
            List.of(),
            new Plan.Disk(1, 2, 3),
            List.of(),
            new Plan.Signed("a".repeat(64), Instant.EPOCH.plusSeconds(90), Optional.of(Instant.EPOCH)),
            List.of(new Plan.Remedy("A door was open.", "扉が開いていました。")));
    static final String ID = "t-1";

    final CompletableFuture<PlanAnswer> planned = new CompletableFuture<>();
    volatile @Nullable UpdateCode refusing;
    volatile @Nullable OpenTransition open;
    volatile @Nullable ProgressListener listener;
    volatile @Nullable Path applied;
    volatile Optional<String> seen = Optional.empty();
    volatile int followed;
    volatile boolean bare;
    volatile Optional<Reason> hindrance = Optional.empty();
    volatile Optional<Instant> begins = Optional.empty();
    volatile DeferAnswer defers = new DeferAnswer.Deferred(Instant.EPOCH);
    volatile @Nullable TransitionReport newest;
    volatile List<TransitionReport> before = List.of();
    final List<Path> previewed = new CopyOnWriteArrayList<>();
    volatile OptionalInt running = OptionalInt.of(42);
    volatile Function<Path, PlanAnswer> previews = pack -> new PlanAnswer.Planned(PLAN);
    final List<String> deferred = new CopyOnWriteArrayList<>();

    @Override
    public PlanAnswer plan(Path pack) {
        try {
            return planned.join();
        } catch (CompletionException e) {
            if (bare && e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @Override
    public ApplyAnswer apply(Path pack, Origin origin, ProgressListener hears) {
        UpdateCode code = refusing;
        if (code != null) {
            return new ApplyAnswer.NotStarted(Reason.of(code, "by test"));
        }
        applied = pack;
        listener = hears;
        open = new OpenTransition(ID, 42, 43, Phase.VERIFY, Instant.EPOCH, origin);
        return new ApplyAnswer.Started(ID);
    }

    @Override
    public ApplyAnswer apply(Path pack, String assignmentSha256, Origin origin, ProgressListener hears) {
        seen = Optional.of(assignmentSha256);
        return apply(pack, origin, hears);
    }

    @Override
    public Optional<Reason> hindrance(Origin origin) {
        return origin.channel().equals("console") ? hindrance : Optional.empty();
    }

    @Override
    public Optional<Instant> begins(Origin origin) {
        return begins;
    }

    @Override
    public DeferAnswer defer(Duration howLong, Origin origin) {
        deferred.add(howLong.toHours() + " by " + origin);
        return defers;
    }

    @Override
    public boolean takeBack(UpdateSource source) {
        return false;
    }

    @Override
    public boolean cancel(String id) {
        return open != null && id.equals(ID);
    }

    @Override
    public boolean follow(String id, ProgressListener hears) {
        followed++;
        listener = hears;
        return true;
    }

    void progress(String step) {
        listener.progress(new Progress(ID, Phase.STAGE, step, 3, 9));
    }

    @Override
    public Optional<OpenTransition> open() {
        return Optional.ofNullable(open);
    }

    @Override
    public OptionalInt generation() {
        return running;
    }

    @Override
    public List<TransitionReport> recent() {
        TransitionReport first = newest;
        return first != null
                ? Stream.concat(Stream.of(first), before.stream()).toList()
                : List.of(new TransitionReport(
                        "t-0",
                        41,
                        42,
                        6,
                        new Origin("yui", "page"),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        new io.sekimori.update.Outcome.Reverted(41, Reason.of(UpdateCode.UNHEALTHY, "by test")),
                        Optional.empty(),
                        List.of()));
    }

    @Override
    public PlanAnswer preview(Path pack) {
        previewed.add(pack);
        return previews.apply(pack);
    }

    @Override
    public PlanAnswer preview(UpdateSource source) {
        throw new UnsupportedOperationException("nothing on site asks this");
    }

    @Override
    public PlanAnswer plan(UpdateSource source) {
        throw new UnsupportedOperationException("nothing on site asks this");
    }

    @Override
    public ApplyAnswer apply(UpdateSource source, Origin origin, ProgressListener hears) {
        throw new UnsupportedOperationException("nothing on site asks this");
    }

    @Override
    public byte[] report(String nonce) {
        throw new UnsupportedOperationException("nothing on site asks this");
    }
}
