package io.sekimori.launcher;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Decides which bundles may ever resolve: only the revisions made by {@link #install}, of files whose hash belongs
 * to an admitted generation. A bundle that was installed or updated in any other way stays installed and never
 * resolves, so no class of it is ever loaded; it is reported.
 *
 * <p>Thread-safe. No method may be called from a resolver hook.
 */
@ProviderType
public interface Admission {

    /**
     * Verifies the generation whole, with the launcher's code: the frozen evidence from the anchors, the manifest
     * against the evidence, and every file against its hash. Only if it answers {@link AdmitResult.Admitted} may the
     * hashes of that generation be installed. May be called again; the newest answer counts.
     */
    AdmitResult admit(int generation);

    /**
     * Takes an admission back: hashes that belong to no other admitted generation can no longer be installed.
     * Bundles already installed keep running. The generation this process was started with cannot be dismissed:
     * then, and if it was not admitted, nothing happens.
     */
    void dismiss(int generation);

    /**
     * Installs a file of the store by reference, and lets exactly this revision resolve. A bundle of this hash which is
     * there already is returned as it is, withdrawn or not.
     *
     * @param sha256 64 lower-case hex digits of an admitted generation
     * @param startLevel 1 or greater; set before anything can start the bundle
     * @throws BundleException if the hash is not admitted, the file has changed since, or the bundle goes by another
     *     name or version than was signed ({@link BundleException#REJECTED_BY_HOOK}), or the framework refuses the
     *     file; nothing stays installed then
     */
    Bundle install(String sha256, int startLevel) throws BundleException;

    /**
     * Hides a bundle from resolution: it cannot resolve again, and its capabilities are offered to nobody who
     * resolves from now on. Wires that exist stay. Does nothing to a bundle that is not admitted.
     */
    void withdraw(Bundle bundle);

    /** Takes {@link #withdraw} back. Does nothing to a bundle that is not withdrawn. */
    void restore(Bundle bundle);

    /** Whether the current revision of this bundle may resolve: it was installed here and is not withdrawn. */
    boolean admitted(Bundle bundle);

    /** The hash under which {@link #install} or the launcher installed the current revision; empty if neither did. */
    Optional<String> sha256(Bundle bundle);

    /** Bundles seen since the start that were installed or updated around this service, oldest first, at most 100. */
    List<Unadmitted> unadmitted();
}
