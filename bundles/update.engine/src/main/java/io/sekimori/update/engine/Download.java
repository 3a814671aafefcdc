package io.sekimori.update.engine;

import io.sekimori.trust.Release;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import io.sekimori.update.Reason;
import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

/**
 * Brings files from a source, one after the other: continues what is there, stops at the signed length, and believes
 * nothing before the hash is right. A connection that breaks or stalls is made again, so often and no more. Confined to
 * one thread.
 */
final class Download implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Supply supply;
    private final Incoming incoming;
    private final DownloadLimits limits;
    private final Cancellation cancellation;
    private final Pace pace;
    private final StallWatch watch;

    Download(Supply supply, Incoming incoming, DownloadLimits limits, Cancellation cancellation) {
        this.supply = supply;
        this.incoming = incoming;
        this.limits = limits;
        this.cancellation = cancellation;
        this.pace = new Pace(limits.bytesPerSecond(), System::nanoTime, cancellation::pause);
        this.watch = new StallWatch(limits, cancellation);
    }

    /** Hears how many bytes of the file are here; throws when the transition was cancelled. */
    interface Arrival {
        void bytes(long here) throws Stopped;
    }

    /** The source failed; another try may do better. */
    private static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Reason reason;

        Broken(Reason reason, Throwable cause) {
            super(reason.detail(), cause);
            this.reason = reason;
        }

        Broken(Reason reason) {
            super(reason.detail());
            this.reason = reason;
        }
    }

    /** Returns when the file is in {@link Incoming}, whole, right and on the disk. */
    void fetch(Release release, Arrival arrival) throws Stopped {
        Tries tries = new Tries(limits, cancellation);
        boolean wrongBefore = false;
        while (true) {
            try (Partial partial = incoming.open(release.sha256(), release.length())) {
                tries.begin(partial.size());
                if (partial.left() > 0) {
                    transfer(release, partial, arrival, tries);
                }
                if (right(release, partial)) {
                    return;
                }
                discard(release);
                // What was there before may have been damaged; once it is given another chance from the beginning.
                if (!partial.continued() || wrongBefore) {
                    throw new Stopped(new Reason(TrustCode.TARGET_HASH.name(), release.path() + " has another hash"));
                }
                wrongBefore = true;
            } catch (Broken e) {
                tries.failed(e.reason);
            } catch (TrustException e) {
                discard(release);
                throw new Stopped(
                        new Reason(e.refusal().code().name(), e.refusal().detail()), e);
            } catch (IOException e) {
                throw new Stopped(UpdateCode.STAGING_FAILED, "an incoming file cannot be written", e);
            }
        }
    }

    // What could not be synced may be right in memory alone, and a second sync says nothing of what the first one lost.
    private boolean right(Release release, Partial partial) throws IOException, Stopped {
        try {
            return partial.right();
        } catch (IOException e) {
            discard(release);
            throw e;
        }
    }

    private void discard(Release release) throws Stopped {
        try {
            incoming.discard(release.sha256());
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STAGING_FAILED, "an incoming file cannot be removed", e);
        }
    }

    private void transfer(Release release, Partial partial, Arrival arrival, Tries tries)
            throws Broken, IOException, Stopped {
        SourceFile file = open(release, partial.size());
        try {
            begin(file, partial);
            receive(release, file, partial, arrival, tries);
        } finally {
            close(file);
        }
    }

    private void receive(Release release, SourceFile file, Partial partial, Arrival arrival, Tries tries)
            throws Broken, IOException, Stopped {
        try (StallWatch.Watched watched = watch.over(file, partial.size())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (partial.left() > 0) {
                cancellation.check();
                int most = (int) Math.min(pace.most(buffer.length), partial.left());
                int count = read(release, file.bytes(), buffer, most, watched);
                if (count <= 0) {
                    throw new Broken(new Reason(
                            TrustCode.TARGET_LENGTH.name(),
                            release.path() + " ended after " + partial.size() + " of " + release.length() + " bytes"));
                }
                partial.append(buffer, count);
                tries.reached(partial.size());
                watched.arrived(partial.size());
                arrival.bytes(partial.size());
                pace.spent(count);
            }
            demandEnd(release, file.bytes());
        }
    }

    private SourceFile open(Release release, long offset) throws Broken, Stopped, TrustException {
        try {
            return supply.source().open(release.sha256(), offset);
        } catch (NoSuchFileException e) {
            throw new Stopped(supply.missing(), release.path() + " is not there");
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new Broken(reason(release, e), e);
        }
    }

    private static void begin(SourceFile file, Partial partial) throws IOException, Broken {
        if (file.offset() == partial.size()) {
            return;
        }
        if (file.offset() != 0) {
            throw new Broken(Reason.of(
                    UpdateCode.DOWNLOAD_FAILED,
                    "wanted from byte " + partial.size() + ", offered from " + file.offset()));
        }
        partial.restart();
    }

    private int read(Release release, InputStream in, byte[] buffer, int most, StallWatch.Watched watched)
            throws Broken, Stopped, TrustException {
        try {
            return in.read(buffer, 0, most);
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            cancellation.check();
            if (watched.stalled()) {
                String detail = release.path() + ": less than " + limits.leastBytes() + " bytes in "
                        + limits.stall().toSeconds() + " s";
                throw new Broken(Reason.of(UpdateCode.DOWNLOAD_STALLED, detail), e);
            }
            throw new Broken(reason(release, e), e);
        }
    }

    // All that was signed is here and hashed; a source that fails only now does no harm.
    private static void demandEnd(Release release, InputStream in) throws TrustException {
        int more;
        try {
            more = in.read();
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            return;
        }
        if (more >= 0) {
            throw new TrustException(
                    TrustCode.TARGET_LENGTH,
                    release.path() + " is longer than the signed " + release.length() + " bytes");
        }
    }

    private Reason reason(Release release, IOException e) {
        return Reason.of(supply.broken(), release.path() + ": " + e);
    }

    private static void close(SourceFile file) {
        try {
            file.close();
        } catch (IOException e) {
            return; // everything that matters was read
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
