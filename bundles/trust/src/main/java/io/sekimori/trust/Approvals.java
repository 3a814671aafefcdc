package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Approvals as they travel beside an assignment, in {@value #FILE}. Reading them bounds what they can cost and vouches for
 * nothing: that is {@link ApprovalPolicy}'s work. Immutable.
 *
 * @param entries     those that could be read
 * @param withdrawals what people took back; earlier gateways pass over it
 * @param unreadable  how many others there were; they neither help nor harm
 */
public record Approvals(List<SignedApproval> entries, List<SignedWithdrawal> withdrawals, int unreadable) {

    /** The name of the file among those of the director. */
    public static final String FILE = "approvals.json";

    /** The longest file. */
    public static final int MAX_BYTES = 1 << 20;

    /** The most approvals in one, and the most withdrawals. */
    public static final int MOST = 128;

    private static final long FORMAT = 1;
    private static final String WITHDRAWALS = "withdrawals";

    /** None at all. */
    public static final Approvals NONE = new Approvals(List.of(), 0);

    /** Approvals that nobody took back. */
    public Approvals(List<SignedApproval> entries, int unreadable) {
        this(entries, List.of(), unreadable);
    }

    /** @throws IllegalArgumentException if they are more than {@value #MOST} */
    public Approvals {
        entries = List.copyOf(entries);
        withdrawals = List.copyOf(withdrawals);
        Names.require(
                entries.size() + unreadable <= MOST && withdrawals.size() <= MOST, "more than " + MOST + " approvals");
    }

    /** @throws TrustException {@link TrustCode#APPROVALS_BROKEN} if it is no such file */
    public static Approvals parse(byte[] file) throws TrustException {
        if (file.length > MAX_BYTES) {
            throw new TrustException(TrustCode.APPROVALS_BROKEN, FILE + " is longer than " + MAX_BYTES + " bytes");
        }
        try {
            JsonObject json = JsonObject.parse(file, MAX_BYTES);
            if (json.number("format") != FORMAT) {
                throw new MalformedJson("format is not " + FORMAT);
            }
            List<SignedApproval> entries = new ArrayList<>();
            int unreadable = 0;
            for (JsonObject entry : json.objects("approvals")) {
                try {
                    entries.add(SignedApproval.read(entry));
                } catch (MalformedJson e) {
                    unreadable++; // perhaps of a later format, for other gateways than this one
                }
            }
            List<SignedWithdrawal> withdrawals = new ArrayList<>();
            for (JsonObject entry : json.has(WITHDRAWALS) ? json.objects(WITHDRAWALS) : List.<JsonObject>of()) {
                try {
                    withdrawals.add(SignedWithdrawal.read(entry));
                } catch (MalformedJson e) {
                    unreadable++;
                }
            }
            return new Approvals(entries, withdrawals, unreadable);
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.APPROVALS_BROKEN, FILE + ": " + e.getMessage(), e);
        }
    }

    /** The file that {@link #parse} reads. */
    public byte[] bytes() {
        Map<String, Object> json = new TreeMap<>();
        json.put("format", FORMAT);
        json.put("approvals", entries.stream().map(SignedApproval::json).toList());
        if (!withdrawals.isEmpty()) {
            json.put(
                    WITHDRAWALS,
                    withdrawals.stream().map(SignedWithdrawal::json).toList());
        }
        return JsonText.bytes(json);
    }
}
