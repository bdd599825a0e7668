// rtl/lut/TableFill: a table filled in its order, each entry from the one before by one addition or subtraction, holds the
// sum of its inputs in every entry; each entry is written once, from one that is filled. Defines: DUT, INPUTS.
module proof (
  input clk,
  input reset,
  input request
);
  localparam ENTRIES = 1 << `INPUTS, BITS = `INPUTS == 1 ? 1 : $clog2(`INPUTS), SUM = 5 + `INPUTS;

  wire               first, write, cameIn, done;
  wire [`INPUTS-1:0] entry;
  wire [BITS-1:0]    changed;
  `DUT dut (.clk, .reset, .request, .first, .write, .entry, .changed, .cameIn, .done);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  // Any values of the inputs. Of the running sum only what one addition a cycle makes is known.
  (* anyconst *) reg [4*`INPUTS-1:0] values;
  reg [SUM-1:0]        sum;
  reg [ENTRIES-1:0]    filled;
  reg [`INPUTS-1:0]    before;  // the entry written last
  wire [SUM-1:0] value = {{SUM-4{values[4*changed+3]}}, values[4*changed +: 4]};
  wire [SUM-1:0] next = first ? 0 : cameIn ? sum + value : sum - value;
  always @(posedge clk)
    if (reset) filled <= 0;
    else if (write) begin
      sum <= next;
      before <= entry;
      filled <= done ? 0 : filled | 1'b1 << entry;
    end

  function [SUM-1:0] subset(input [`INPUTS-1:0] which);
    integer i;
    begin
      subset = 0;
      for (i = 0; i < `INPUTS; i = i + 1) if (which[i]) subset = subset + {{SUM-4{values[4*i+3]}}, values[4*i +: 4]};
    end
  endfunction

  wire [ENTRIES-1:0] all = filled | 1'b1 << entry;
  always @* if (started & !reset) begin
    one_a_cycle: assert (write == request);
    begins_empty: assert (first == (filled == 0));
    begins_with_none: assert (!(write & first) || entry == 0);
    once: assert (!(write && filled[entry]));
    from_a_filled_one: assert (!(write & !first) || filled[entry ^ 1'b1 << changed]);
    right_sum: assert (!write || next == subset(entry));
    done_with_all: assert (done == (write && &all));
  end

  // What makes these inductive: the entries filled are those of the steps so far.
  (* hierconn *) wire [`INPUTS-1:0] \dut.step ;
  wire [`INPUTS-1:0] last_step = \dut.step - 1'b1;
  integer e;
  always @* if (started & !reset) begin
    for (e = 0; e < ENTRIES; e = e + 1) assert (filled[e ^ e >> 1] == (e < \dut.step ));
    assert (\dut.step == 0 || before == (last_step ^ last_step >> 1));
    assert (\dut.step == 0 || sum == subset(before));
    whole_table: cover (done && values[0]);
  end
endmodule
