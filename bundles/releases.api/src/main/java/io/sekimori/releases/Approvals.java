package io.sekimori.releases;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Collects what people approve, and what they take back of that, and hands it to the gateways that it is for beside their assignments. Whether it is enough
 * only the gateway judges; what is plainly of no use is refused here, so that somebody hears of it early. Thread-safe, also
 * between consoles that share their records.
 */
@ProviderType
public interface Approvals {

    /** The most approvals of one content that are kept of what one person hands in. */
    int MOST = 128;

    /** The most withdrawals that are kept of what one person hands in of contents that nobody here has seen approved. */
    int MOST_UNSEEN = 128;

    /** The most contents that are told of at once. */
    int MOST_CONTENTS = 100;

    /** The most bytes of them that are told at once, with what people signed of them. */
    int MOST_CONTENT_BYTES = 16 << 20;

    /**
     * What these devices are assigned, each content once, with the approvals of it that are not over; the first {@value
     * #MOST_CONTENTS}.
     *
     * @param devices SHA-256 of their public keys; those without an assignment are passed over, and those whose assignment is held
     *     back
     * @throws ReleasesException {@link ReleasesCode#CONTENTS_TOO_LONG} if they are longer than {@value #MOST_CONTENT_BYTES}
     *     bytes, or if they cannot be read
     */
    List<AwaitedContent> contents(List<String> devices) throws ReleasesException;

    /** The digests of what these devices are assigned, all of them, which is what may be approved. */
    Set<String> awaited(List<String> devices) throws ReleasesException;

    /**
     * Takes all approvals and withdrawals in a file, or none. Audited. A withdrawal is taken of any content, also of one that
     * this console never saw: the approval that it takes back may come to a gateway another way.
     *
     * @param file as {@code sekimori approval sign} and {@code sekimori approval withdraw} write it
     * @param awaited digests of the contents that may be approved
     * @return {@link ImportAnswer.Taken}, changed if one of them is new
     * @throws ReleasesException if they could not be kept
     */
    ImportAnswer offer(byte[] file, Set<String> awaited, String actor) throws ReleasesException;
}
