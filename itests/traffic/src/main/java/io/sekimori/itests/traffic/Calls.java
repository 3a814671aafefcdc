package io.sekimori.itests.traffic;

import io.sekimori.access.Access;
import io.sekimori.access.AccessException;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls of each capability. A call whose answer is wrong is lost like one that got none, or one whose provider has
 * lost its classes.
 */
public final class Calls {

    private static final AuditEntry ENTRY =
            AuditEntry.of("io.sekimori.itests.traffic", "test.call", "load", AuditEntry.Verdict.DONE);
    private static final byte[] MESSAGE = "a call of the load".getBytes(StandardCharsets.UTF_8);
    private static final Authorship AUTHOR = new Authorship("io.sekimori.itests.traffic", "load");

    private Calls() {}

    /**
     * Records twice.
     *
     * @param receipts collects what the audit answered, for comparison with its trail; must be thread-safe
     */
    public static Call audit(Consumer consumer, Collection<AuditReceipt> receipts) {
        return pause -> {
            AuditLog audit = present(consumer.audit(), "AuditLog");
            try {
                receipts.add(audit.append(ENTRY));
                pause.spend();
                receipts.add(audit.append(ENTRY));
            } catch (AuditException | RuntimeException | LinkageError e) {
                throw new LostCall("AuditLog", e);
            }
        };
    }

    /** Signs twice with the device key and checks both signatures. */
    public static Call keys(Consumer consumer) {
        return pause -> {
            Keys keys = present(consumer.keys(), "Keys");
            try {
                PublicKeyFacts device = keys.publicKey(Keys.DEVICE).orElseThrow();
                check(device, keys.sign(Keys.DEVICE, MESSAGE));
                pause.spend();
                check(device, keys.sign(Keys.DEVICE, MESSAGE));
            } catch (KeyException | GeneralSecurityException | RuntimeException | LinkageError e) {
                throw new LostCall("Keys", e);
            }
        };
    }

    /** Keeps a value and a file of its own, and reads both back later; the file is still being written meanwhile. */
    public static Call vault(Consumer consumer, String name) {
        AtomicLong value = new AtomicLong();
        return pause -> {
            Vault vault = present(consumer.vault(), "Vault");
            byte[] content = String.valueOf(value.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
            try (VaultOutput out = vault.write(name + ".file")) {
                vault.put(name, content);
                out.write(content);
                pause.spend();
                out.commit();
                if (!Arrays.equals(vault.get(name).orElseThrow(), content)
                        || !Arrays.equals(vault.get(name + ".file").orElseThrow(), content)) {
                    throw new LostCall("Vault: not what was kept", null);
                }
            } catch (VaultException | IOException | RuntimeException | LinkageError e) {
                throw new LostCall("Vault", e);
            }
        };
    }

    /** Signs in somebody of its own, who is still signed in later, and signs them out. */
    public static Call access(Consumer consumer, String name, String password, String from) {
        return pause -> {
            Access access = present(consumer.access(), "Access");
            try {
                SignIn answer = access.signIn(name, password.toCharArray(), Session.Kind.BROWSER, from);
                if (!(answer instanceof SignIn.SignedIn in)) {
                    throw new LostCall("Access: " + answer, null);
                }
                pause.spend();
                if (access.session(in.token()).isEmpty()) {
                    throw new LostCall("Access: the session is gone", null);
                }
                access.signOut(in.token(), from);
            } catch (AccessException | RuntimeException | LinkageError e) {
                throw new LostCall("Access", e);
            }
        };
    }

    /** Changes a configuration of its own, {@code instance}, and reads it back and describes it later. */
    public static Call configurations(Consumer consumer, String instance) {
        String pid = Setting.FACTORY_PID + "~" + instance;
        AtomicLong value = new AtomicLong();
        return pause -> {
            Configurations configurations = present(consumer.configurations(), "Configurations");
            try {
                long version = versionOf(configurations, pid);
                Map<String, Object> wish = Map.of("number", value.incrementAndGet());
                ChangeOutcome outcome = configurations.change(new Change(pid, version, wish, Set.of(), AUTHOR));
                if (!(outcome instanceof ChangeOutcome.Applied applied)) {
                    throw new LostCall("Configurations: " + outcome, null);
                }
                pause.spend();
                long read = versionOf(configurations, pid);
                if (read != applied.version()) {
                    throw new LostCall("Configurations: version " + applied.version() + " read as " + read, null);
                }
                if (configurations.describe(Locale.ROOT).stream()
                        .noneMatch(description -> description.pid().equals(Setting.FACTORY_PID))) {
                    throw new LostCall("Configurations: " + Setting.FACTORY_PID + " is not described", null);
                }
            } catch (ConfigException | RuntimeException | LinkageError e) {
                throw new LostCall("Configurations", e);
            }
        };
    }

    /**
     * Changes the first whole number that the bundle lets be configured, to one more than it is and back; a bundle
     * without one cannot be reconfigured, and every call is lost. One caller for each bundle.
     */
    public static Call reconfigure(Consumer consumer, String symbolicName) {
        AtomicLong turn = new AtomicLong();
        return pause -> {
            Configurations configurations = present(consumer.configurations(), "Configurations");
            try {
                Numbered number = Numbered.of(configurations.describe(Locale.ROOT), symbolicName)
                        .orElseThrow(() -> new LostCall("nothing to configure in " + symbolicName, null));
                Optional<Configuration> found = configurations.read(number.pid());
                long step = turn.incrementAndGet() % 2 == 1 ? 1 : -1;
                Map<String, Object> wish = Map.of(number.attribute(), String.valueOf(number.in(found) + step));
                ChangeOutcome outcome =
                        configurations.change(new Change(number.pid(), versionOf(found), wish, Set.of(), AUTHOR));
                if (outcome instanceof ChangeOutcome.Refused) {
                    throw new LostCall("Configurations: " + outcome, null);
                }
                pause.spend();
            } catch (ConfigException | RuntimeException | LinkageError e) {
                throw new LostCall("Configurations", e);
            }
        };
    }

    private static long versionOf(Configurations configurations, String pid) throws ConfigException {
        return versionOf(configurations.read(pid));
    }

    private static long versionOf(Optional<Configuration> found) {
        return found.map(each -> each.facts().version()).orElse(0L);
    }

    private static <S> S present(@Nullable S service, String name) throws LostCall {
        if (service == null) {
            throw new LostCall("no " + name, null);
        }
        return service;
    }

    private static void check(PublicKeyFacts device, byte[] signature) throws GeneralSecurityException, LostCall {
        Signature check = Signature.getInstance(device.algorithm().signature());
        check.initVerify(device.key());
        check.update(MESSAGE);
        if (!check.verify(signature)) {
            throw new LostCall("Keys: a signature does not verify", null);
        }
    }
}
