// rtl/bus/AxiLiteSlave: one access for each accepted request, in order and with its address, data and strobes; one answer
// for each access, with what the access gave; valid and payload stay until ready. Defines: DUT, ADDRESS.
module proof (
  input                clk,
  input                reset,
  input [31:0]         readData,
  input [1:0]          answer,
  input                awvalid, wvalid, arvalid, bready, rready,
  input [`ADDRESS-1:0] awaddr, araddr,
  input [31:0]         wdata,
  input [3:0]          wstrb,
  input                choose
);
  localparam DEPTH = 8;  // answers of a kind that may wait

  wire                awready, wready, arready, bvalid, rvalid, access, accessWrite;
  wire [1:0]          bresp, rresp;
  wire [31:0]         rdata, writeData;
  wire [3:0]          strobe;
  wire [`ADDRESS-1:0] address;
  `DUT dut (.clk, .reset, .access, .accessWrite, .address, .writeData, .strobe, .readData, .answer,
    .s_axi_awvalid(awvalid), .s_axi_awready(awready), .s_axi_awaddr(awaddr), .s_axi_wvalid(wvalid),
    .s_axi_wready(wready), .s_axi_wdata(wdata), .s_axi_wstrb(wstrb), .s_axi_bvalid(bvalid), .s_axi_bready(bready),
    .s_axi_bresp(bresp), .s_axi_arvalid(arvalid), .s_axi_arready(arready), .s_axi_araddr(araddr),
    .s_axi_rvalid(rvalid), .s_axi_rready(rready), .s_axi_rdata(rdata), .s_axi_rresp(rresp));

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  wire ar = arvalid & arready, aw = awvalid & awready, w = wvalid & wready, b = bvalid & bready, r = rvalid & rready;
  wire read = access & ~accessWrite, write = access & accessWrite;

  // Requests accepted and not yet made an access, accesses not yet answered.
  reg                ar_held, aw_held, w_held;
  reg [`ADDRESS-1:0] ar_address, aw_address;
  reg [31:0]         w_data;
  reg [3:0]          w_strobe;
  reg [3:0]          reads, writes;
  // Accesses whose answer comes from the circuit behind in one and in no further cycle.
  reg [1:0]          read_pipe, write_pipe;
  always @(posedge clk)
    if (reset) begin
      ar_held <= 1'b0; aw_held <= 1'b0; w_held <= 1'b0;
      reads <= 0; writes <= 0; read_pipe <= 0; write_pipe <= 0;
    end else begin
      ar_held <= ar | ar_held & ~read;
      aw_held <= aw | aw_held & ~write;
      w_held <= w | w_held & ~write;
      if (ar) ar_address <= araddr;
      if (aw) aw_address <= awaddr;
      if (w) begin w_data <= wdata; w_strobe <= wstrb; end
      reads <= reads + read - r;
      writes <= writes + write - b;
      read_pipe <= {read_pipe[0], read};
      write_pipe <= {write_pipe[0], write};
    end
  wire [3:0] reads_ready = reads - read_pipe[0] - read_pipe[1];
  wire [3:0] writes_ready = writes - write_pipe[0] - write_pipe[1];

  // A read, any one, from its access on: how many are answered before it, and what the circuit behind gave it.
  reg        watching, given;
  reg [3:0]  ahead;
  reg [33:0] gift;
  reg [1:0]  watch_pipe;
  wire       watch = read & choose & ~watching;
  always @(posedge clk)
    if (reset) begin
      watching <= 1'b0; given <= 1'b0; watch_pipe <= 0;
    end else begin
      watch_pipe <= {watch_pipe[0], watch};
      if (watch) begin
        watching <= 1'b1; given <= 1'b0;
        ahead <= reads - r;
      end else if (watching & r) begin
        watching <= ahead != 0;
        ahead <= ahead - 1'b1;
      end
      if (watch_pipe[1]) begin given <= 1'b1; gift <= {answer, readData}; end
    end

  // Payload and valid of the cycle before, where it was not taken.
  reg        b_waits, r_waits;
  reg [1:0]  b_payload;
  reg [33:0] r_payload;
  always @(posedge clk) begin
    b_waits <= bvalid & ~bready & ~reset;
    r_waits <= rvalid & ~rready & ~reset;
    b_payload <= bresp;
    r_payload <= {rresp, rdata};
  end

  always @* if (started & !reset) begin
    read_is_asked_for: assert (!read || ar_held && address == ar_address);
    write_is_asked_for: assert (!write || aw_held && w_held && address == aw_address && writeData == w_data
      && strobe == w_strobe);
    room_for_requests: assert ((arready || ar_held) && (awready || aw_held) && (wready || w_held));
    no_request_lost: assert (!(ar && ar_held && !read) && !(aw && aw_held && !write) && !(w && w_held && !write));
    read_answered: assert (rvalid == (reads_ready != 0) && reads <= DEPTH);
    write_answered: assert (bvalid == (writes_ready != 0) && writes <= DEPTH);
    r_stays: assert (!r_waits || rvalid && {rresp, rdata} == r_payload);
    b_stays: assert (!b_waits || bvalid && bresp == b_payload);
    right_answer: assert (!(watching && r && ahead == 0) || given && {rresp, rdata} == gift);
    never_idle: assert (access || !(ar_held && reads != DEPTH) && !(aw_held && w_held && writes != DEPTH));
  end

  // What makes these inductive: the circuit's own registers, and where the watched answer lies.
  (* hierconn *) wire \dut.readHeld , \dut.addressHeld , \dut.dataHeld ;
  (* hierconn *) wire [`ADDRESS-1:0] \dut.heldReadAddress , \dut.heldAddress ;
  (* hierconn *) wire [31:0] \dut.heldData ;
  (* hierconn *) wire [3:0] \dut.heldStrobe , \dut.reads , \dut.writes , \dut.readAnswers.count , \dut.writeAnswers.count ;
  (* hierconn *) wire [2:0] \dut.readAnswers.head , \dut.readAnswers.tail , \dut.writeAnswers.head ,
    \dut.writeAnswers.tail ;
`include "words.svh"
  wire [2:0] place = \dut.readAnswers.head + ahead[2:0];
  always @* if (started & !reset) begin
    held: assert (\dut.readHeld == ar_held && \dut.addressHeld == aw_held && \dut.dataHeld == w_held);
    held_read: assert (!ar_held || \dut.heldReadAddress == ar_address);
    held_write: assert (!aw_held || \dut.heldAddress == aw_address);
    held_data: assert (!w_held || \dut.heldData == w_data && \dut.heldStrobe == w_strobe);
    counters: assert (\dut.reads == reads && \dut.writes == writes);
    levels: assert (\dut.readAnswers.count == reads_ready && \dut.writeAnswers.count == writes_ready);
    ready_is_less: assert (reads_ready <= reads && writes_ready <= writes);
    read_pointers: assert (\dut.readAnswers.tail == \dut.readAnswers.head + reads_ready[2:0]);
    write_pointers: assert (\dut.writeAnswers.tail == \dut.writeAnswers.head + writes_ready[2:0]);
    watched_waits: assert (!watching || ahead < reads);
    watched_given: assert (!watching || given == (ahead < reads_ready) && given == !(|watch_pipe));
    watched_comes: assert (!(watch_pipe & ~read_pipe) && watch_pipe != 3);
    watched_last: assert ((!watch_pipe[0] || ahead == reads - 1) && (!watch_pipe[1] || ahead == reads - 1 - read_pipe[0]));
    stored: assert (!(watching & given) || words[34*place +: 34] == gift);
    answers_wait: cover (reads_ready == 2 && writes_ready == 2 && bvalid && !bready);
    watched_read: cover (watching && r && ahead == 0 && given && reads == 3 && gift == 5);
  end
endmodule
