// rtl/transfer/BurstSplitter: the bursts of a run touch exactly the bus words with words of the run, one after the other;
// none crosses 4 KiB or has too many beats; the run ends. Addresses count modulo the address space. Defines: DUT, ADDRESS,
// COUNT (bits of the number of words), BUS (bytes of a bus word), BEATS (most of a burst).
module proof (
  input                clk,
  input                reset,
  input                valid, burstReady, stop,
  input [`ADDRESS-3:0] first,
  input [`COUNT-1:0]   words
);
  localparam BUS_WORDS = `BUS / 4, BURST_WORDS = `BEATS * BUS_WORDS;

  wire                   ready, burstValid;
  wire [`ADDRESS-1:0]    burstAddress;
  wire [$clog2(`BEATS):0] burstBeats;
  `DUT dut (.clk, .reset, .valid, .ready, .first, .words, .burstValid, .burstReady, .burstAddress, .burstBeats, .stop);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);
  always @* if (valid) assume (words != 0);

  // The run's first word in no burst yet, and the words from there on; all words of the run, and its bursts so far.
  reg [`ADDRESS-3:0] from;
  reg [`COUNT-1:0]   remaining, total, bursts;
  wire               accept = valid & ready, taken = burstValid & burstReady;
  wire [1:0]         skipped = from % BUS_WORDS;  // words of the bus word before `from`
  wire [`COUNT:0]    reach = burstBeats * BUS_WORDS - skipped;  // words of the burst, counted from `from`
  wire               finishes = reach >= remaining;
  always @(posedge clk)
    if (reset | stop) remaining <= 0;
    else if (accept) begin
      from <= first;
      remaining <= words;
      total <= words;
      bursts <= 0;
    end else if (taken) begin
      from <= from + reach;
      remaining <= finishes ? 0 : remaining - reach;
      bursts <= bursts + 1'b1;
    end

  // A burst that was not taken in the cycle before.
  reg                     waits;
  reg [`ADDRESS-1:0]      waiting_address;
  reg [$clog2(`BEATS):0]  waiting_beats;
  always @(posedge clk) begin
    waits <= burstValid & ~burstReady & ~stop & ~reset;
    waiting_address <= burstAddress;
    waiting_beats <= burstBeats;
  end

  always @* if (started & !reset) begin
    burst_while_words_remain: assert (burstValid == (remaining != 0));
    contiguous: assert (!burstValid || burstAddress == {from, 2'b00} - 4 * skipped);
    no_bus_word_too_many: assert (!burstValid || reach < remaining + BUS_WORDS);
    length: assert (!burstValid || burstBeats != 0 && burstBeats <= `BEATS);
    within_4_kib: assert (!burstValid || burstAddress[11:0] + burstBeats * `BUS <= 4096);
    as_long_as_allowed: assert (!burstValid || finishes || (burstAddress / `BUS + burstBeats) % `BEATS == 0);
    // every burst but the first and the last of a run is a whole one
    ends: assert (remaining == 0 || bursts == 0 || remaining + (bursts - 1) * BURST_WORDS < total);
    next_run_at_the_end: assert (ready == (remaining == 0 || taken && finishes));
    stays: assert (!waits || burstValid && burstAddress == waiting_address && burstBeats == waiting_beats);
  end

  // What makes these inductive: the circuit's own registers, and that later bursts begin at a multiple.
  (* hierconn *) wire \dut.active ;
  (* hierconn *) wire [`ADDRESS-1-$clog2(`BUS):0] \dut.next ;
  (* hierconn *) wire [`COUNT:0] \dut.left ;
  always @* if (started & !reset) begin
    active: assert (\dut.active == (remaining != 0));
    next: assert (remaining == 0 || \dut.next == from / BUS_WORDS);
    left: assert (remaining == 0 || \dut.left == (remaining + skipped + BUS_WORDS - 1) / BUS_WORDS);
    aligned: assert (remaining == 0 || bursts == 0 || from % BURST_WORDS == 0);
    total_right: assert (remaining == 0 || remaining <= total && (bursts != 0 || remaining == total));
    next_run: cover (taken && finishes && accept && bursts == 2 && total % BURST_WORDS == 5 && burstAddress == 32'h7000);
    whole: cover (taken && !finishes && burstBeats == `BEATS);
    stopped: cover (waits && bursts == 1 && remaining > BURST_WORDS && stop);
  end
endmodule
