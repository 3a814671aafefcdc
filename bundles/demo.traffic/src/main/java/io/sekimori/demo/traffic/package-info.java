/** Eight callers that never rest, so that the demo can say whether a swap lost one of their calls. */
@org.jspecify.annotations.NullMarked
package io.sekimori.demo.traffic;
