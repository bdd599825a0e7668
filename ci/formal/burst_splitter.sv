// rtl/transfer/BurstSplitter: the bursts of a run are the bus words that it touches, each once and in order; none is
// empty, longer than BURST bus words or over 4 KiB, and none ends early but at a multiple of BURST. Defines: DUT, ADDRESS
// (bits of a byte address), WORDS (bits of the number of 32-bit words), SHIFT (logarithm of the 32-bit words of a bus
// word), BURST.
module proof (
  input                clk,
  input                reset,
  input                valid,
  input [`ADDRESS-3:0] first,
  input [`WORDS-1:0]   words,
  input                burstReady,
  input                stop
);
  wire                     ready, burstValid;
  wire [`ADDRESS-1:0]      burstAddress;
  wire [$clog2(`BURST):0]  burstBeats;
  `DUT dut (.clk, .reset, .valid, .ready, .first, .words, .burstValid, .burstReady, .burstAddress, .burstBeats, .stop);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  // A run is not empty and does not go beyond the last address.
  wire [`ADDRESS-2:0] after = first + words;
  always @* if (valid) assume (words != 0 && after <= 1 << (`ADDRESS - 2));

  // Bus words: the next one, and the run's last.
  localparam BUS = `ADDRESS - 2 - `SHIFT;
  reg            running;
  reg  [BUS-1:0] at, last;
  wire [BUS:0]   end_of_burst = at + burstBeats - 1'b1;
  wire           taken = running & burstReady, over = end_of_burst == last;
  always @(posedge clk)
    if (reset) running <= 1'b0;
    else begin
      if (taken) begin
        at <= at + burstBeats;
        running <= !over;
      end
      if (valid & ready) begin
        running <= 1'b1;
        at <= first >> `SHIFT;
        last <= (after - 1'b1) >> `SHIFT;
      end
      if (stop) running <= 1'b0;
    end

  wire [`ADDRESS:0] last_byte = burstAddress + {burstBeats, {(`SHIFT + 2){1'b0}}} - 1'b1;
  always @* if (started & !reset) begin
    valid_while_running: assert (burstValid == running);
    ready_when_over: assert (ready == (!running | (burstReady & over)));
    if (running) begin
      in_order: assert (burstAddress == {at, {(`SHIFT + 2){1'b0}}});
      not_empty: assert (|burstBeats);
      not_long: assert (burstBeats <= `BURST);
      not_beyond: assert (end_of_burst <= last);
      within_4_kib: assert (burstAddress[`ADDRESS-1:12] == last_byte[`ADDRESS:12]);
      not_early: assert (over || &end_of_burst[$clog2(`BURST)-1:0]);
    end
  end

  // What makes these inductive.
  (* hierconn *) wire [BUS-1:0] \dut.next ;
  (* hierconn *) wire [`WORDS:0] \dut.left ;
  always @* if (started & !reset & running) begin
    next_right: assert (\dut.next == at);
    left_right: assert (at <= last && \dut.left == last - at + 1'b1);
    ends_at_4_kib: cover (taken && over && burstBeats > 1 && last_byte[11:0] == 12'hfff);
    one_word_over: cover (taken && over && burstBeats == 1 && \dut.left == 1 && at[$clog2(`BURST)-1:0] == 0 && at > 2 * `BURST);
  end
endmodule
