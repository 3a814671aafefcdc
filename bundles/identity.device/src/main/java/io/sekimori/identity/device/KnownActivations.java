package io.sekimori.identity.device;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.generation.Unit;
import io.sekimori.identity.ActivationProof;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The activation that made this gateway what it is, those that wait to be used, and which of them have proved to
 * people on site what they can prove. Keeps nothing between calls, so two versions may run beside each other. Thread-safe.
 */
@Component
public final class KnownActivations implements ActivationProof {

    private static final int LONGEST_CODE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IdentityFolder folder;
    private final Path laidDown;
    private final ActivationIds spent;
    private final ActivationIds held;
    private final Path holding;

    /** An activation: whose it is and how it is known. */
    private record Known(String gatewayId, String id) {}

    /** Called by Declarative Services. */
    @Activate
    public KnownActivations(@Reference RunningGeneration running) {
        this(new Unit(running.unit()));
    }

    KnownActivations(Unit unit) {
        Path data = unit.data(DeviceIdentity.BUNDLE);
        this.folder = new IdentityFolder(data);
        this.laidDown = unit.directory().resolve(Resumption.LAID_DOWN);
        this.spent = new ActivationIds(data.resolve("spent"));
        this.held = new ActivationIds(data.resolve("held"));
        this.holding = data.resolve("held.lock");
    }

    @Override
    public boolean isOpen() throws IdentityException {
        return !usable().isEmpty();
    }

    @Override
    public boolean holds(byte[] text) throws IdentityException {
        Set<String> found = new LinkedHashSet<>();
        for (Known each : usable()) {
            // None is left out, so that the time says nothing about which one it was.
            if (MessageDigest.isEqual(ascii(each.id()), ascii(id(each.gatewayId(), text)))) {
                found.add(each.id());
            }
        }
        if (!found.isEmpty()) {
            // Before it opens anything: else a power cut would leave one that opened something and is not known to
            // have.
            whileNobodyElse(() -> held.add(found));
        }
        return !found.isEmpty();
    }

    @Override
    public void spend() throws IdentityException {
        Set<String> proved = held.ids();
        if (proved.isEmpty()) {
            return;
        }
        try {
            VersionLock lock = folder.lock()
                    .orElseThrow(() -> new IdentityException(
                            IdentityCode.ENROLMENT_RUNNING, "another enrolment is under way", null));
            try {
                spent.add(proved);
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        whileNobodyElse(() -> held.remove(proved));
    }

    /** A change of what is held. */
    @FunctionalInterface
    private interface Change {
        void run() throws IdentityException, IOException;
    }

    // A lock of its own: an enrolment holds the folder's for as long as its console does not answer.
    private void whileNobodyElse(Change change) throws IdentityException {
        try {
            DurableFile.makeDirectory(holding.getParent());
            VersionLock lock = VersionLock.take(holding, PATIENCE)
                    .orElseThrow(() -> new IOException("somebody else holds the lock"));
            try {
                change.run();
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static IdentityException unwritable(IOException e) {
        return new IdentityException(IdentityCode.IDENTITY_UNWRITABLE, String.valueOf(e.getMessage()), e);
    }

    private List<Known> usable() throws IdentityException {
        Set<String> used = spent.ids();
        return known().stream().filter(each -> !used.contains(each.id())).toList();
    }

    private List<Known> known() throws IdentityException {
        List<Known> known = new ArrayList<>();
        folder.kept().ifPresent(kept -> known.add(new Known(kept.enrolled().id(), kept.activation())));
        for (Path file : List.of(folder.pending(), laidDown)) {
            waiting(file).ifPresent(known::add);
        }
        return known;
    }

    private static Optional<Known> waiting(Path file) throws IdentityException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] text = {};
        try (InputStream in = new FileInputStream(file.toFile())) {
            text = in.readNBytes(Activation.MAX_BYTES + 1);
            try (Activation activation = Activation.parse(text)) {
                return Optional.of(new Known(activation.place().gatewayId(), activation.id()));
            }
        } catch (MalformedJson e) {
            return Optional.empty(); // it enrols nobody either
        } catch (IOException e) {
            if (!Files.exists(file)) {
                return Optional.empty(); // used and wiped just now: it is known as the one in use at the next look
            }
            throw new IdentityException(IdentityCode.IDENTITY_UNREADABLE, String.valueOf(e.getMessage()), e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** The id that the activation would have for that gateway, were {@code text} right. */
    private static String id(String gatewayId, byte[] text) {
        try (Activation whole = Activation.parse(text)) {
            return whole.id();
        } catch (MalformedJson e) {
            byte[] code = bare(text);
            try {
                return Activation.id(gatewayId, code);
            } finally {
                Arrays.fill(code, (byte) 0);
            }
        }
    }

    /** As the code is printed, without what people add when they type. */
    private static byte[] bare(byte[] text) {
        byte[] bare = new byte[Math.min(text.length, LONGEST_CODE)];
        int length = 0;
        for (int i = 0; i < bare.length; i++) {
            if (text[i] > ' ' && text[i] != '-') {
                bare[length++] = (byte) Character.toLowerCase(text[i]);
            }
        }
        byte[] code = Arrays.copyOf(bare, length);
        Arrays.fill(bare, (byte) 0);
        return code;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
