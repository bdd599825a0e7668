// rtl/lut/TableFill: a table filled in its order, each entry from the one before by one addition or subtraction, holds in
// every entry the sum of the entry's inputs; each entry is written once, from one that is filled. Defines: DUT,
// INPUTS, REACH (a step that the cover is to reach).
module proof (
  input clk,
  input reset,
  input request
);
  localparam ENTRIES = 1 << `INPUTS, BITS = `INPUTS == 1 ? 1 : $clog2(`INPUTS);

  wire               first, write, cameIn, done;
  wire [`INPUTS-1:0] entry;
  wire [BITS-1:0]    changed;
  `DUT dut (.clk, .reset, .request, .first, .write, .entry, .changed, .cameIn, .done);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  // The inputs in the running sum. It is right for all values of the inputs if, and only if, each is added when it is not
  // in the sum and subtracted when it is.
  reg [`INPUTS-1:0]  summed;
  reg [ENTRIES-1:0]  filled;
  wire [`INPUTS-1:0] input_bit = 1'b1 << changed;
  wire [`INPUTS-1:0] next = first ? 0 : summed ^ input_bit;
  always @(posedge clk)
    if (reset) filled <= 0;
    else if (write) begin
      summed <= next;
      filled <= done ? 0 : filled | 1'b1 << entry;
    end

  wire [ENTRIES-1:0] all = filled | 1'b1 << entry;
  always @* if (started & !reset) begin
    one_a_cycle: assert (write == request);
    begins_empty: assert (first == (filled == 0));
    begins_with_none: assert (!(write & first) || entry == 0);
    once: assert (!(write && filled[entry]));
    from_a_filled_one: assert (!(write & !first) || filled[entry ^ input_bit]);
    adds_or_subtracts: assert (!(write & !first) || cameIn == !(summed & input_bit));
    right_sum: assert (!write || next == entry);
    done_with_all: assert (done == (write && &all));
  end

  // What makes these inductive: the entries filled are those of the steps so far.
  (* hierconn *) wire [`INPUTS-1:0] \dut.step ;
  wire [`INPUTS-1:0] last_step = \dut.step - 1'b1;
  reg [ENTRIES-1:0] steps_so_far;
  integer e;
  always @* for (e = 0; e < ENTRIES; e = e + 1) steps_so_far[e ^ e >> 1] = e < \dut.step ;
  always @* if (started & !reset) begin
    entries: assert (filled == steps_so_far);
    sum_so_far: assert (\dut.step == 0 || summed == (last_step ^ last_step >> 1));
    fills: cover (write && \dut.step == `REACH);
  end
endmodule
